import { and, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { guardFinding as table } from './tables-rosters.ts';

/**
 * Notes what the roster guard found at an instant: what is new is first seen then, what is not among `keys` any more is mended.
 * Noting the same again changes nothing.
 */
export const noteFindings = ({ db }: Register, keys: readonly string[], at: Instant): Promise<void> =>
  guarded(() =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('roster guard'))`);
      const open = await tx.select({ key: table.key }).from(table).where(isNull(table.mendedAt));
      const known = new Set(open.map(({ key }) => key));
      const fresh = [...new Set(keys)].filter((key) => !known.has(key));
      const gone = keys.length > 0 ? notInArray(table.key, [...keys]) : undefined;
      await tx
        .update(table)
        .set({ mendedAt: at })
        .where(and(isNull(table.mendedAt), gone));
      if (keys.length > 0)
        await tx
          .update(table)
          .set({ lastSeen: at })
          .where(and(isNull(table.mendedAt), inArray(table.key, [...keys])));
      if (fresh.length > 0)
        await tx
          .insert(table)
          .values(fresh.map((key) => ({ key, firstSeen: at, lastSeen: at })))
          .onConflictDoUpdate({ target: [table.key, table.firstSeen], set: { mendedAt: null } });
    }),
  );

/** Since when each finding that is not mended has been known, by key. */
export const openFindings = ({ db }: Register): Promise<Map<string, Instant>> =>
  guarded(async () => {
    const rows = await db
      .select({ key: table.key, firstSeen: table.firstSeen })
      .from(table)
      .where(isNull(table.mendedAt));
    return new Map(rows.map(({ key, firstSeen }) => [key, firstSeen]));
  });
