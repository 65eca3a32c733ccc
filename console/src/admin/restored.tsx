import { dayAndClock } from '../look/time.ts';
import { useWords } from '../words/words.tsx';
import type { Health } from './admin.ts';
import { ADMIN } from './words.ts';

/** The last restore from a back-up, and what comparing register and workflows found since. */
export function Restored({ restore }: { restore: Health['restore'] }) {
  const words = useWords(ADMIN);
  if (restore === null) return <p className="soft">{words.neverRestored}</p>;
  const { takenAt, restoredAt, reconciledAt, found } = restore;
  const differences = Object.entries(found ?? {}).filter(([, count]) => count > 0);
  const said =
    reconciledAt === null
      ? words.notCompared
      : differences.length === 0
        ? words.agrees(dayAndClock(reconciledAt))
        : words.differs(dayAndClock(reconciledAt), differences);
  const isFine = reconciledAt !== null && differences.length === 0;
  return (
    <p className={isFine ? undefined : 'down'}>
      {words.restored(dayAndClock(takenAt), dayAndClock(restoredAt))} {said}
    </p>
  );
}
