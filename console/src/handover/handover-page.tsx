import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from '../api/problem.ts';
import { SESSION, useSession } from '../api/session.ts';
import { Loading } from '../look/loading.tsx';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { HandoverCard } from './handover-card.tsx';
import { answer, useHandovers, type Handover } from './handovers.ts';
import { OfferForm } from './offer-form.tsx';
import { HANDOVER } from './words.ts';
import '../look/marks.css';
import './handover.css';

/** 值班交接: what waits for me, what I offered, and offering my shift. */
export function HandoverPage() {
  const words = useWords(HANDOVER);
  const client = useQueryClient();
  const person = useSession().data?.account?.person ?? null;
  const handovers = useHandovers();
  const [said, setSaid] = useState('');
  const [acting, setActing] = useState<{ id: string; error?: unknown } | null>(null);
  if (person === null) return null;
  if (handovers.isPending) return <Loading />;
  const all = handovers.data ?? [];
  const open = all.filter(({ status }) => status === 'offered');
  const waiting = open.filter(({ to }) => to === person);
  const mine = open.filter(({ from }) => from === person);

  async function act(id: string, what: 'accept' | 'withdraw'): Promise<void> {
    setActing({ id });
    setSaid('');
    try {
      const { duties } = await answer(id, what);
      const taken = duties.filter(({ takenOver }) => takenOver).length;
      setActing(null);
      setSaid(what === 'accept' ? words.accepted(taken) : words.withdrawn);
    } catch (error) {
      setActing({ id, error });
      if (isProblem(error) && error.status === 401) void client.invalidateQueries({ queryKey: SESSION });
    }
    for (const queryKey of [['handovers'], ['duties']]) void client.invalidateQueries({ queryKey });
  }

  const cards = (some: Handover[], what?: 'accept' | 'withdraw') => (
    <ul className="handover-list">
      {some.map((one) => (
        <HandoverCard key={one.id} handover={one}>
          {acting?.id === one.id && <ProblemNote error={acting.error} />}
          {what && (
            <button
              type="button"
              className={what === 'accept' ? 'confirm' : ''}
              disabled={acting?.id === one.id && acting.error === undefined}
              onClick={() => void act(one.id, what)}
            >
              {words[what]}
            </button>
          )}
        </HandoverCard>
      ))}
    </ul>
  );

  const past = all.filter(({ status }) => status !== 'offered');
  return (
    <section className="page handovers">
      <h1>{words.title}</h1>
      <ProblemNote error={handovers.error} />
      <p role="status" className="act-done">
        {said}
      </p>
      <h2>{words.waiting}</h2>
      {waiting.length > 0 ? cards(waiting, 'accept') : <p className="soft">{words.noWaiting}</p>}
      {mine.length > 0 && (
        <>
          <h2>{words.mine}</h2>
          {cards(mine, 'withdraw')}
        </>
      )}
      <h2>{words.offer}</h2>
      {/* Begun anew once an offer was taken. */}
      <OfferForm key={mine[0]?.id ?? ''} person={person} done={setSaid} />
      {past.length > 0 && (
        <details>
          <summary>
            {words.past} ({past.length})
          </summary>
          {cards(past)}
        </details>
      )}
    </section>
  );
}
