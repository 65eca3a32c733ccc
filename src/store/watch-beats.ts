import { sql } from 'drizzle-orm';
import { guarded } from './errors.ts';
import { rowsOf, type Register } from './open.ts';
import { watchBeat } from './tables-watchtower.ts';

/** How far the slowest of the queues has counted, and for how many seconds none of it has been new. */
export interface Beats {
  count: number;
  ageSeconds: number;
}

/** One beat more of a queue, by the database's clock. */
export const writeBeat = ({ db }: Register, queue: string): Promise<void> =>
  guarded(async () => {
    await db
      .insert(watchBeat)
      .values({ queue, beats: 1 })
      .onConflictDoUpdate({
        target: watchBeat.queue,
        set: { beats: sql`${watchBeat.beats} + 1`, at: sql`now()` },
      });
  });

/** Null until each of the queues has had a beat. */
export const beatsOf = ({ db }: Register, queues: readonly string[]): Promise<Beats | null> =>
  guarded(async () => {
    const list = sql.join(
      queues.map((queue) => sql`${queue}`),
      sql`, `,
    );
    const [row] = await rowsOf<Beats & { queues: number }>(
      db,
      sql`select count(*)::int as queues, min(beats)::int as count,
          greatest(0, extract(epoch from now() - min(at)))::float8 as "ageSeconds"
          from ${watchBeat} where queue in (${list})`,
    );
    return row?.queues === queues.length ? { count: row.count, ageSeconds: row.ageSeconds } : null;
  });
