import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { EntryData } from '../incident/entry.ts';
import type { Anchor, IncidentId } from '../incident/ids.ts';
import type { Change } from './change-entry.ts';
import { appendChanges } from './changes.ts';
import { guarded } from './errors.ts';
import { forgottenRanges, type Range } from './forgotten.ts';
import { rowsOf, type Register } from './open.ts';
import { chainHead, deliveryClaim, entry, incident, sealed } from './tables.ts';
import { restored } from './tables-restored.ts';

export interface RegisterSide {
  id: IncidentId;
  number: string | null;
  isOpen: boolean;
  head: Anchor;
}

/** Open incidents, and these, each with the end of its timeline. */
export const registerSides = (
  { db }: Register,
  ids: readonly IncidentId[] | 'open',
): Promise<RegisterSide[]> =>
  guarded(async () => {
    if (ids.length === 0) return [];
    const rows = await db
      .select({
        id: incident.id,
        number: incident.number,
        status: incident.status,
        seq: chainHead.seq,
        hash: chainHead.hash,
      })
      .from(incident)
      .innerJoin(chainHead, eq(chainHead.incidentId, incident.id))
      .where(ids === 'open' ? eq(incident.status, 'open') : inArray(incident.id, [...ids]));
    return rows.map(({ id, number, status, seq, hash }) => ({
      id,
      number,
      isOpen: status === 'open',
      head: { seq, hash },
    }));
  });

/** The entry at this place of a timeline; null where there is none. */
export const entryAt = (
  { db }: Register,
  id: IncidentId,
  seq: number,
): Promise<{ kind: string; at: string } | null> =>
  guarded(async () => {
    const rows = await db
      .select({ kind: entry.kind, at: entry.at })
      .from(entry)
      .where(and(eq(entry.incidentId, id), eq(entry.seq, seq)));
    return rows[0] ?? null;
  });

/** Entries that count no more since the workflow was put back behind them; none where it never was. */
export const forgottenEntries = ({ db }: Register, id: IncidentId): Promise<Range[]> =>
  guarded(async () => {
    const rows = await db
      .select({ seq: entry.seq, data: entry.data })
      .from(entry)
      .where(and(eq(entry.incidentId, id), eq(entry.kind, 'takenUpAgain')))
      .orderBy(entry.seq);
    return forgottenRanges(rows.map(({ seq, data }) => ({ seq, ...(data as EntryData['takenUpAgain']) })));
  });

/** How many messages of an incident were handed over whose entries come after `seq`, or that have no entry at all. */
export const handedOverAfter = ({ db }: Register, id: IncidentId, seq: number): Promise<number> =>
  guarded(async () => {
    const [row] = await rowsOf<{ count: number }>(
      db,
      sql`select count(*)::int as count from ${deliveryClaim} c where c.key like ${`${id}/%`} and c.result = 'accepted' and not exists (
        select from ${entry} e where e.incident_id = ${id}::uuid and e.kind = 'messageSent' and e.seq <= ${seq} and e.data->>'key' = c.key)`,
    );
    return row!.count;
  });

/** Ids of keys that sealed values and ends of timelines need and the ring has not. */
export const missingKeys = ({ db, keyring }: Register): Promise<string[]> =>
  guarded(async () => {
    const rows = await rowsOf<{ id: string }>(
      db,
      sql`select distinct key_id as id from ${sealed} where ciphertext is not null union select distinct key_id from ${chainHead}`,
    );
    return rows.map(({ id }) => id).filter((id) => !keyring.ids.includes(id));
  });

/** The last restore of this register; null where there was none. */
export const lastRestore = ({ db }: Register) =>
  guarded(
    async () => (await db.select().from(restored).orderBy(desc(restored.restoredAt)).limit(1))[0] ?? null,
  );

/** Notes what was found after all restores so far, with its change record: both or neither. False where another process did. */
export const noteReconciled = (
  { db, keyring }: Register,
  found: Record<string, number>,
  change: Change,
): Promise<boolean> =>
  guarded(() =>
    db.transaction(async (tx) => {
      const noted = await tx
        .update(restored)
        .set({ reconciledAt: sql`now()` as never, found })
        .where(isNull(restored.reconciledAt))
        .returning({ id: restored.id });
      if (noted.length > 0) await appendChanges(tx, keyring, [change]);
      return noted.length > 0;
    }),
  );
