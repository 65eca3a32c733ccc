import { asc, inArray, sql } from 'drizzle-orm';
import { toInstant } from '../incident/instant.ts';
import type { Change, Json } from './change-entry.ts';
import { appendChanges, lockChanges } from './changes.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { waitingChange } from './tables-waiting-changes.ts';

/** A change that may wait for the record: nothing personal, and what became of the thing by name. */
export type WaitingChange = Omit<Change, 'personal' | 'to'> & { to: Record<string, Json> };

/**
 * Takes rights away, whether or not the change record can be written: `act` and the word of it that waits for the record are one
 * transaction, and then the record is tried. `act` gives null where there is nothing to take away. `unrecorded` says why what
 * was done still waits; null when it is on record.
 */
export async function actThenRecord<T>(
  register: Register,
  act: (within: Register) => Promise<T | null>,
  changeOf: (done: T) => WaitingChange,
): Promise<{ done: T; unrecorded: Error | null } | null> {
  const done = await guarded(() =>
    register.db.transaction(async (tx) => {
      const found = await act({ ...register, db: tx });
      if (found !== null)
        await tx.insert(waitingChange).values({ doneAt: toInstant(Date.now()), change: changeOf(found) });
      return found;
    }),
  );
  if (done === null) return null;
  const unrecorded = await recordWaiting(register).then(
    () => null,
    (error: unknown) => error as Error,
  );
  return { done, unrecorded };
}

/**
 * Puts on record what was done while it could not be written; each says when (`to.doneAt`). Gives how many. Throws what
 * `recordChange` throws, and they wait on.
 */
export const recordWaiting = (register: Register): Promise<number> =>
  guarded(async () => {
    const { db, keyring } = register;
    if ((await waitingChanges(register)) === 0) return 0;
    return db.transaction(async (tx) => {
      await lockChanges(tx, keyring); // of two at once the second finds nothing left
      const rows = await tx.select().from(waitingChange).orderBy(asc(waitingChange.nr));
      const changes = rows.map(({ change, doneAt }) => ({
        ...change,
        to: { ...(change.to as Record<string, Json>), doneAt },
      }));
      await appendChanges(tx, keyring, changes);
      // These alone: one that was added meanwhile is for the next.
      await tx.delete(waitingChange).where(
        inArray(
          waitingChange.nr,
          rows.map(({ nr }) => nr),
        ),
      );
      return rows.length;
    });
  });

/** How many changes wait for the record. */
export const waitingChanges = ({ db }: Register): Promise<number> =>
  guarded(async () => {
    const [row] = await db.select({ n: sql<string | number>`count(*)` }).from(waitingChange);
    return Number(row!.n);
  });
