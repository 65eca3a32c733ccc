import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import { DRILLS } from './words.ts';

interface Props {
  name: string;
  question: string;
  busy: boolean;
  danger?: boolean;
  act(): void;
}

/** A button that says what it causes, and does it once that is confirmed. */
export function Sure({ name, question, busy, danger = false, act }: Props) {
  const words = useWords(DRILLS);
  const [asked, setAsked] = useState(false);
  const look = danger ? 'danger' : undefined;
  if (!asked)
    return (
      <button type="button" className={look} disabled={busy} onClick={() => setAsked(true)}>
        {name}
      </button>
    );
  return (
    <span className="sure" role="group" aria-label={question}>
      <span>{question}</span>
      <button
        type="button"
        className={look}
        disabled={busy}
        onClick={() => {
          setAsked(false);
          act();
        }}
      >
        {words.yes}
      </button>
      <button type="button" onClick={() => setAsked(false)}>
        {words.no}
      </button>
    </span>
  );
}
