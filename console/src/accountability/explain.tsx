import { useId, useState, type FormEvent } from 'react';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { explain } from './differences.ts';
import { useSaying } from './use-saying.ts';
import { TIMES } from './words.ts';

/** The person concerned explains, in their own words. */
export function Explain({ incident, difference }: { incident: string; difference: string }) {
  const words = useWords(TIMES);
  const how = useId();
  const [text, setText] = useState('');
  const { busy, error, say } = useSaying(() => setText(''));
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void say(() => explain(incident, difference, text));
  };
  return (
    <form onSubmit={send}>
      <label>
        {words.explain}
        <textarea
          {...{ rows: 4, required: true, maxLength: 8_000, value: text, 'aria-describedby': how }}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <p id={how} className="soft">
        {words.explainHow}
      </p>
      <ProblemNote error={error} />
      <button disabled={busy}>{words.sendExplanation}</button>
    </form>
  );
}
