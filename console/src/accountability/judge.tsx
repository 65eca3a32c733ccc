import { useState } from 'react';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { judge, WORDS } from './differences.ts';
import { useSaying } from './use-saying.ts';
import { TIMES } from './words.ts';

/** The supervisor's three words, with a note if need be. */
export function Judge({ incident, difference }: { incident: string; difference: string }) {
  const words = useWords(TIMES);
  const [note, setNote] = useState('');
  const { busy, error, say } = useSaying(() => setNote(''));
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <label>
        {words.note}
        <textarea
          {...{ rows: 2, maxLength: 4_000, value: note }}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <ProblemNote error={error} />
      <div className="judgement">
        {WORDS.map((word) => (
          <button
            key={word}
            type="button"
            disabled={busy}
            onClick={() => void say(() => judge(incident, difference, word, note))}
          >
            {words.said[word]}
          </button>
        ))}
      </div>
    </form>
  );
}
