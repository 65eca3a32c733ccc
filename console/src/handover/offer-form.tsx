import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { isProblem, mayPass } from '../api/problem.ts';
import { SESSION } from '../api/session.ts';
import { useDraftOf } from '../acts/drafts.ts';
import { useDuties } from '../duties/duties.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useBodies } from '../people/bodies.ts';
import { useWords } from '../words/words.tsx';
import { DutyLines } from './duty-lines.tsx';
import { moves, offer } from './handovers.ts';
import { HANDOVER } from './words.ts';

const NOTE_MAX = 4_000;

/** Offering one's shift: what would move, to whom, and a note. What was typed stays until it was taken. */
export function OfferForm({ person, done }: { person: string; done(said: string): void }) {
  const words = useWords(HANDOVER);
  const client = useQueryClient();
  const draft = useDraftOf('handover', { to: '', note: '' });
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const duties = useDuties().data?.duties ?? [];
  const moving = duties.filter(moves);
  const bodies = useBodies();
  const choices = (bodies.data?.bodies ?? [])
    .map(({ people, ...body }) => ({ ...body, people: people.filter(({ id }) => id !== person) }))
    .filter(({ people }) => people.length > 0);
  const { to = '', note = '' } = draft.values;

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setState({ busy: true });
    try {
      const { toName } = await offer({ from: person, to, note }, draft.key);
      draft.forget();
      done(words.offered(toName));
    } catch (error) {
      setState({ busy: false, error });
      if (isProblem(error) && error.status === 401) void client.invalidateQueries({ queryKey: SESSION });
      else if (!mayPass(error)) draft.renew();
    }
    void client.invalidateQueries({ queryKey: ['handovers'] });
  }

  return (
    <form className="offer" onSubmit={(event) => void send(event)}>
      <h3>
        {words.moving} <span className="soft">{moving.length}</span>
      </h3>
      {moving.length > 0 ? <DutyLines duties={moving} /> : <p className="soft">{words.noMoving}</p>}
      {duties.length > moving.length && <p className="soft">{words.known(duties.length - moving.length)}</p>}
      <label>
        {words.to}
        <select required value={to} onChange={({ target }) => draft.set('to', target.value)}>
          <option value="">{words.choose}</option>
          {choices.map(({ id, name, people }) => (
            <optgroup key={id} label={name}>
              {people.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name} · {one.post}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        {words.note}
        <textarea
          rows={3}
          maxLength={NOTE_MAX}
          value={note}
          onChange={({ target }) => draft.set('note', target.value)}
        />
      </label>
      <p className="soft">{words.how}</p>
      <ProblemNote error={state.error ?? bodies.error} />
      <button className="confirm" disabled={state.busy}>
        {state.busy ? words.sending : words.send}
      </button>
    </form>
  );
}
