import { useState } from 'react';
import { twins, useWords } from '../words/words.tsx';

const WORDS = twins({ yes: '确定', no: '取消' }, { yes: 'Yes', no: 'Cancel' });

interface Props {
  name: string;
  /** What it causes, asked before it is done. */
  question: string;
  busy: boolean;
  /** Looks dangerous from the beginning, or only once it asks. */
  danger?: 'always' | 'asked' | undefined;
  act(): void;
}

/** A button that says what it causes, and does it once that is confirmed. */
export function Sure({ name, question, busy, danger, act }: Props) {
  const words = useWords(WORDS);
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <button
        type="button"
        className={danger === 'always' ? 'danger' : undefined}
        disabled={busy}
        onClick={() => setAsked(true)}
      >
        {name}
      </button>
    );
  return (
    <span className="sure" role="group" aria-label={question}>
      <span>{question}</span>
      <button
        type="button"
        className={danger ? 'danger' : undefined}
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
