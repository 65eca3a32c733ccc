import { useState, type FormEvent, type ReactNode } from 'react';
import { ProblemNote } from '../look/problem-note.tsx';
import { durationInWords } from '../look/time.ts';
import { useBodies } from '../people/bodies.ts';
import { useReportForm } from '../report/form.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { OfficeChoice } from './office-choice.tsx';
import type { TypedOrder } from './order-form.ts';
import { DRILLS } from './words.ts';

const PACES = [1, 10, 30, 60];
const DURATIONS = [1, 2, 4, 6, 8, 24].map((hours) => `PT${hours}H`);
/** With what is set already, where it is none of them. */
const among = <T,>(choices: T[], set: T): T[] => (choices.includes(set) ? choices : [...choices, set]);

const MAX_LENGTH = {
  title: 100,
  place: 200,
  subject: 1_300,
  keyPeriod: 400,
  weakPoint: 400,
  riskPoint: 400,
};

interface Props {
  typed: TypedOrder;
  set(change: Partial<TypedOrder>): void;
  /** Throws what the API refused with; leads elsewhere otherwise. */
  save(): Promise<void>;
  /** What comes before its fields. */
  children?: ReactNode;
}

/** The fields of an order, drafted or changed. */
export function OrderFields({ typed, set, save, children }: Props) {
  const words = useWords(DRILLS);
  const { language } = useSpeech();
  const { data: form } = useReportForm();
  const bodies = useBodies().data?.bodies ?? [];
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const isEmpty = Object.keys(typed.offices).length === 0;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setState({ busy: true });
    await save().catch((error: unknown) => setState({ busy: false, error }));
  }

  const line = (
    name: 'title' | 'place' | 'subject' | 'keyPeriod' | 'weakPoint' | 'riskPoint',
    label: string,
  ) => (
    <label className={name === 'weakPoint' || name === 'riskPoint' ? 'wide' : undefined}>
      {label}
      <input
        required={name === 'title'}
        maxLength={MAX_LENGTH[name]}
        value={typed[name]}
        onChange={({ target }) => set({ [name]: target.value })}
      />
    </label>
  );
  return (
    <form className="drill-form" onSubmit={(event) => void submit(event)}>
      {children}
      {line('title', words.name)}
      <label>
        {words.type}
        <select value={typed.eventType} onChange={({ target }) => set({ eventType: target.value })}>
          <option value="">{words.noType}</option>
          {typed.eventType && !form?.kinds.some(({ eventType }) => eventType === typed.eventType) && (
            <option value={typed.eventType}>{typed.eventType}</option>
          )}
          {form?.kinds.map(({ eventType, name }) => (
            <option key={eventType} value={eventType}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="wide">
        {words.situation}
        <textarea
          required
          rows={3}
          maxLength={4_000}
          value={typed.situation}
          onChange={({ target }) => set({ situation: target.value })}
        />
      </label>
      {line('place', words.place)}
      {line('subject', words.subject)}
      {line('keyPeriod', words.keyPeriod)}
      {line('weakPoint', words.weakPoint)}
      {line('riskPoint', words.riskPoint)}
      <label>
        {words.starts}
        <input
          type="datetime-local"
          required
          value={typed.startsAt}
          onChange={({ target }) => set({ startsAt: target.value })}
        />
      </label>
      <label>
        {words.duration2}
        <select value={typed.duration} onChange={({ target }) => set({ duration: target.value })}>
          {among(DURATIONS, typed.duration).map((duration) => (
            <option key={duration} value={duration}>
              {durationInWords(duration, language)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.pace}
        <select value={typed.pace} onChange={({ target }) => set({ pace: Number(target.value) })}>
          {among(PACES, typed.pace).map((pace) => (
            <option key={pace} value={pace}>
              {words.paceOf(pace)}
            </option>
          ))}
        </select>
      </label>
      <OfficeChoice {...{ bodies, offices: form?.offices ?? [], typed, set }} />
      <ProblemNote error={state.error} />
      <button className="confirm" disabled={state.busy || isEmpty}>
        {state.busy ? words.saving : words.save}
      </button>
      {isEmpty && <p className="soft">{words.needPeople}</p>}
    </form>
  );
}
