import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import { ADMIN } from './words.ts';

interface Props {
  name: string;
  /** What it causes, asked before it is done. */
  question: string;
  busy: boolean;
  act(): void;
}

/** A button that says what it causes before it does it. */
export function Sure({ name, question, busy, act }: Props) {
  const words = useWords(ADMIN);
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <button type="button" disabled={busy} onClick={() => setAsked(true)}>
        {name}
      </button>
    );
  return (
    <span className="sure" role="group" aria-label={question}>
      {question}{' '}
      <button
        type="button"
        className="danger"
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
