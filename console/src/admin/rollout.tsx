import { useWords } from '../words/words.tsx';
import type { Health } from './admin.ts';
import { Table } from './table.tsx';
import { ADMIN } from './words.ts';

/** Which build new incidents go to, which are at work, and what is still open on older ones: to be read, moving on is a command's. */
export function Rollout({ rollout }: { rollout: NonNullable<Health['rollout']> }) {
  const words = useWords(ADMIN);
  const { deployment, current, versions } = rollout;
  return (
    <section aria-label={words.rollout}>
      <h2>{words.rollout}</h2>
      {deployment === null ? (
        <p className="soft">{words.unversioned}</p>
      ) : (
        <>
          <p>{words.currentBuild(deployment, current)}</p>
          <Table
            label={words.rollout}
            rows={versions}
            keyOf={({ buildId }) => buildId}
            columns={[
              [words.build, ({ buildId }) => buildId],
              [words.status, ({ state }) => words.buildStates[state]],
              [words.workers, ({ isAtWork }) => words.atWork[isAtWork ? 'yes' : 'no']],
              [
                words.openOn,
                ({ open, isAtWork }) => <span className={open > 0 && !isAtWork ? 'down' : ''}>{open}</span>,
              ],
            ]}
          />
          {versions.some(({ state }) => state === 'draining') && <p className="soft">{words.drainingHint}</p>}
        </>
      )}
    </section>
  );
}
