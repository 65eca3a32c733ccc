import { Link } from 'react-router';
import { ProblemNote } from '../look/problem-note.tsx';
import { useWords } from '../words/words.tsx';
import { Changes } from './changes.tsx';
import type { LimitEdits } from './limits.ts';
import type { Checked } from './plan.ts';
import { Propose } from './propose.tsx';
import { PLAN } from './words.ts';

interface Props {
  upon: string;
  edits: LimitEdits;
  checked: Checked | undefined;
  /** Something was typed since it was checked. */
  isStale: boolean;
  error: unknown;
  done(): void;
}

/** What the edited limits come to, and the way to propose them. */
export function LimitsBar({ upon, edits, checked, isStale, error, done }: Props) {
  const words = useWords(PLAN);
  const limits = Object.entries(edits).map(([path, value]) => ({ path, value }));
  const isReady = limits.length > 0 && !isStale && checked?.valid && checked.kind === 'limits';
  return (
    <aside className="limits-bar" aria-label={words.changes}>
      <h2>{words.changed(limits.length)}</h2>
      {limits.length > 0 && (
        <>
          <p className="soft">{words.kept}</p>
          <ProblemNote error={error} />
          <div aria-live="polite">
            {isStale || !checked ? (
              <p className="soft">{words.checking}</p>
            ) : checked.valid ? (
              <Changes changes={checked.changes} />
            ) : (
              <p className="wrong">{words.mistakes(checked.problems.length)}</p>
            )}
          </div>
          {isReady && <Link to="/plan/preview?draft=1">{words.tryIt}</Link>}
        </>
      )}
      <Propose what={isReady ? { upon, limits } : null} done={done} />
    </aside>
  );
}
