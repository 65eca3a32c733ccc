import { and, eq, sql } from 'drizzle-orm';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { watchWord } from './tables-watchtower.ts';

export type WatchState = 'processing' | 'silent';

/** `mine`: this process is to say it now. `busy`: another is about to. `said`: it has been, or is not worth saying. */
export type WordClaim = 'mine' | 'busy' | 'said';

const ONLY = 1;
/** Longer than a send takes. */
const LEASE = sql`now() + interval '60 seconds'`;

/**
 * Takes the word for telling that `state` has come, for the process `by`. Of all processes one is given it, and another only
 * when that one has not said it within a minute. That all is well again is worth saying only where somebody said it was not.
 */
export const claimWord = ({ db }: Register, state: WatchState, by: string): Promise<WordClaim> =>
  guarded(() =>
    db.transaction(async (tx) => {
      await tx.insert(watchWord).values({ id: ONLY, state: 'processing', said: true }).onConflictDoNothing();
      const [last] = await tx
        .select({
          state: watchWord.state,
          said: watchWord.said,
          by: watchWord.by,
          isFree: sql<boolean>`${watchWord.leasedUntil} < now()`,
        })
        .from(watchWord)
        .where(eq(watchWord.id, ONLY))
        .for('update');
      if (!last || (last.state === state && last.said)) return 'said';
      if (last.state === state && last.by !== by && !last.isFree) return 'busy';
      const isWorthSaying = state === 'silent' || last.said || last.state === state;
      const changed = last.state === state ? {} : { state, since: sql`now()` };
      await tx
        .update(watchWord)
        .set({ ...changed, said: !isWorthSaying, by, leasedUntil: LEASE })
        .where(eq(watchWord.id, ONLY));
      return isWorthSaying ? 'mine' : 'said';
    }),
  );

/** That it was said: nobody says it again. */
export const noteSaid = ({ db }: Register, state: WatchState, by: string): Promise<void> =>
  guarded(async () => {
    await db
      .update(watchWord)
      .set({ said: true })
      .where(and(eq(watchWord.id, ONLY), eq(watchWord.state, state), eq(watchWord.by, by)));
  });
