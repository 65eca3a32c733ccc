import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { REPORTS } from './words.ts';

interface Props {
  shown: boolean;
  reason: string;
  setReason(reason: string): void;
  open(): void;
  busy: boolean;
  error: unknown;
}

/** Says that what the reports say is withheld, and opens it for a reason. */
export function Opened({ shown, reason, setReason, open, busy, error }: Props) {
  const words = useWords(REPORTS);
  return (
    <section className={`card ${shown ? 'shown' : 'withheld'}`}>
      <p>{shown ? words.shown : words.withheld}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) open();
        }}
      >
        <label>
          {words.reason}
          <input
            required
            maxLength={300}
            placeholder={words.reasonHint}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <button disabled={busy}>{words.show}</button>
      </form>
      <ProblemNote error={error} />
    </section>
  );
}
