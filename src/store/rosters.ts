import { and, desc, eq, isNull, max, sql } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import type { RosterEdition, RosterEditions } from '../people/live-organisation.ts';
import type { Change } from './change-entry.ts';
import { appendChanges } from './changes.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { rosterEdition as table } from './tables-rosters.ts';

/** An imported roster. */
export interface EditionRow {
  body: string;
  nr: number;
  json: RosterEdition;
  by: string;
  at: Instant;
  sourceHash: string;
  undoneAt: Instant | null;
}

const columns = {
  body: table.body,
  nr: table.nr,
  json: table.json,
  by: table.by,
  at: table.at,
  sourceHash: table.sourceHash,
  undoneAt: table.undoneAt,
};

/** The newest edition of each body that was not undone, by body. */
export const standingEditions = ({ db }: Register): Promise<RosterEditions> =>
  guarded(async () => {
    const rows = await db
      .selectDistinctOn([table.body], { body: table.body, json: table.json })
      .from(table)
      .where(isNull(table.undoneAt))
      .orderBy(table.body, desc(table.nr));
    return new Map(rows.map(({ body, json }) => [body, json]));
  });

/** A short text that differs when {@link standingEditions} does, so that they need not be read every time. */
export const editionsMark = ({ db }: Register): Promise<string> =>
  guarded(async () => {
    const [row] = await db
      .select({ mark: sql<string>`count(*) || ' ' || count(${table.undoneAt})` })
      .from(table);
    return row!.mark;
  });

/** A body's editions, the newest first, the undone ones among them. */
export const editionsOf = ({ db }: Register, body: string): Promise<EditionRow[]> =>
  guarded(async () =>
    db.select(columns).from(table).where(eq(table.body, body)).orderBy(desc(table.nr)).limit(100),
  );

/** The newest edition of a body that was not undone; null when there is none. */
export const standingEdition = ({ db }: Register, body: string): Promise<EditionRow | null> =>
  guarded(async () => {
    const standing = and(eq(table.body, body), isNull(table.undoneAt));
    const [row] = await db.select(columns).from(table).where(standing).orderBy(desc(table.nr)).limit(1);
    return row ?? null;
  });

/**
 * Adds an edition upon the one that stands as `upon` (0 for none), with what it changes on the change record: both or neither.
 * Null when another stands by now: of two at once, one is written.
 */
export const addEdition = (
  { db, keyring }: Register,
  edition: Pick<EditionRow, 'body' | 'json' | 'by' | 'sourceHash'>,
  upon: number,
  changeOf: (nr: number) => Change,
): Promise<number | null> =>
  guarded(() =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('roster ' || ${edition.body}))`);
      const standing = and(eq(table.body, edition.body), isNull(table.undoneAt));
      const [stands] = await tx
        .select({ nr: max(table.nr) })
        .from(table)
        .where(standing);
      if ((stands?.nr ?? 0) !== upon) return null;
      const [last] = await tx
        .select({ nr: max(table.nr) })
        .from(table)
        .where(eq(table.body, edition.body));
      const nr = (last?.nr ?? 0) + 1;
      await tx.insert(table).values({ ...edition, nr });
      await appendChanges(tx, keyring, [changeOf(nr)]);
      return nr;
    }),
  );

/**
 * Undoes the newest edition of a body, so that the one before it stands, with that on the change record: both or neither. Gives
 * both numbers, `standing` null for the organisation file alone; null when there is nothing to undo.
 */
export const undoEdition = (
  { db, keyring }: Register,
  body: string,
  by: string,
  changeOf: (undone: Undone) => Change,
): Promise<Undone | null> =>
  guarded(() =>
    db.transaction(async (tx) => {
      const newest = sql`(select max(nr) from ${table} where body = ${body} and undone_at is null)`;
      const [row] = await tx
        .update(table)
        .set({ undoneBy: by, undoneAt: sql`now()` })
        .where(and(eq(table.body, body), eq(table.nr, newest), isNull(table.undoneAt)))
        .returning({ nr: table.nr });
      if (!row) return null;
      const [stands] = await tx
        .select({ nr: max(table.nr) })
        .from(table)
        .where(and(eq(table.body, body), isNull(table.undoneAt)));
      const undone = { undone: row.nr, standing: stands?.nr ?? null };
      await appendChanges(tx, keyring, [changeOf(undone)]);
      return undone;
    }),
  );

export interface Undone {
  undone: number;
  standing: number | null;
}
