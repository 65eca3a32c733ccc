import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { ask } from '../api/client.ts';
import { isProblem, mayPass } from '../api/problem.ts';
import { SESSION } from '../api/session.ts';
import type { Detail } from '../incident/incident.ts';
import { ProblemNote } from '../look/problem-note.tsx';
import { useSpeech, useWords } from '../words/words.tsx';
import { incidentOf, nameOf, type Act } from './acts.ts';
import { ActField } from './act-field.tsx';
import { useDraftOf } from './drafts.ts';
import { Meanwhile } from './meanwhile.tsx';
import { useForm } from './use-form.ts';
import { ACTS } from './words.ts';
import './acts.css';

/** When a form was opened, and what came of its last sending. Kept by the page: a form may move on it. */
export interface Begun {
  since: number;
  error?: unknown;
  fail(error: unknown): void;
}

interface Props {
  act: Act;
  /** Null where no more is known than the act itself. */
  detail: Detail | null;
  acts: Act[];
  begun: Begun;
  /** It may not be possible any more: somebody else was faster. */
  overtaken: boolean;
  done(act: Act): void;
  cancel(): void;
}

/** What an act will cause, what it asks for, and its confirming. What was typed stays until it was taken. */
export function ActForm({ act, detail, acts, begun, overtaken, done, cancel }: Props) {
  const words = useWords(ACTS);
  const { language } = useSpeech();
  const client = useQueryClient();
  const form = useForm(act, detail, acts);
  const first = Object.fromEntries(
    form.fields.flatMap(({ name, first: value }) => (value ? [[name, value]] : [])),
  );
  const draft = useDraftOf(nameOf(act), first);
  const { since, error: refused, fail } = begun;
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => place.current?.querySelector<HTMLElement>('textarea, input, select, button')?.focus(), []);
  const isConflict = isProblem(refused) && refused.status === 409;

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    fail(undefined);
    try {
      const body = { ...act.body, ...form.body(draft.values) };
      await ask(act.path, { method: act.method, body, headers: { 'idempotency-key': draft.key } });
      draft.forget();
      done(act);
    } catch (error) {
      setBusy(false);
      fail(error);
      if (isProblem(error) && error.status === 401) void client.invalidateQueries({ queryKey: SESSION });
      else if (!mayPass(error)) draft.renew();
    }
    const id = incidentOf(act);
    for (const queryKey of [['incident', id], ['duties'], ['board']])
      void client.invalidateQueries({ queryKey });
  }

  return (
    <form
      ref={place}
      className="act-form"
      onSubmit={(event) => void send(event)}
      aria-label={act.title[language]}
    >
      <p className="causes">{act.causes[language]}</p>
      {form.fields.map((field) => (
        <ActField
          key={field.name}
          field={field}
          value={draft.values[field.name] ?? ''}
          set={(value) => draft.set(field.name, value)}
        />
      ))}
      {refused === undefined && overtaken && <p role="status">{words.overtaken}</p>}
      <ProblemNote error={refused} />
      {mayPass(refused) && <p role="status">{words.again}</p>}
      {(isConflict || overtaken) && <Meanwhile id={incidentOf(act)} since={since} />}
      <div className="act-end">
        <button className="confirm" disabled={busy}>
          {busy ? words.sending : words.confirm(act.title[language])}
        </button>
        <button type="button" onClick={cancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
