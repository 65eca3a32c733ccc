import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import { toInstant, toMs, type Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { rowsOf } from './open.ts';
import { notesUnder } from './reseal-notes.ts';
import { accountabilityHead } from './tables-accountability.ts';
import { changeEntry, changeHead } from './tables-changes.ts';
import { chainHead, incident, message, runArchive, sealed } from './tables.ts';

/** What cannot be read, verified or answered any more without a key. */
export interface KeyUsage {
  /** Personal values, notes and reasons, and what was last seen of files. */
  sealed: number;
  /** Ends of timelines and of the change record. */
  heads: number;
  /** Open incidents whose workflow may hold payloads of it. */
  openIncidents: number;
  /** Receipt links that may be signed with it and have not run out. */
  receiptLinks: number;
}

/** Processes start one after the other: so long after the first that had another current key, one may have gone on with the old. */
const RESTARTED_WITHIN_MS = 24 * 3_600_000;

/**
 * What still uses the key `id`. What Temporal and links hold is not looked into but told by time: what began before, or up to a day
 * after, the key was seen to be no longer the current one. `linksValidFor` in ms.
 */
export function keyUsage(
  register: Register,
  id: string,
  { now, linksValidFor }: { now: Instant; linksValidFor: number },
): Promise<KeyUsage> {
  const { db } = register;
  return guarded(async () => {
    const ceased = id === register.keyring.currentId ? null : await ceasedAt(register, id);
    const until = ceased && toInstant(toMs(ceased) + RESTARTED_WITHIN_MS);
    const upTo = (column: typeof incident.openedAt | typeof message.sentAt) =>
      sql`(${until}::timestamptz is null or ${column} <= ${until}::timestamptz)`;
    const since = toInstant(toMs(now) - linksValidFor);
    const [row] = await rowsOf<KeyUsage>(
      db,
      sql`select
        ((select count(*) from ${sealed} where ${sealed.keyId} = ${id} and ${sealed.ciphertext} is not null)
          + ${notesUnder(id)})::int as sealed,
        ((select count(*) from ${chainHead} where ${chainHead.keyId} = ${id})
          + (select count(*) from ${accountabilityHead} where ${accountabilityHead.keyId} = ${id})
          + (select count(*) from ${changeHead} where ${changeHead.keyId} = ${id}))::int as heads,
        (select count(*) from ${incident} where ${incident.status} = 'open' and ${upTo(incident.openedAt)})::int as "openIncidents",
        (select count(*) from ${message} where ${message.sentAt} > ${since}::timestamptz and ${upTo(message.sentAt)})::int
          as "receiptLinks"`,
    );
    return row!;
  });
}

/** When a start first saw another current key after this one; null when none did, and the key may have been in use until now. */
async function ceasedAt({ db }: Register, id: string): Promise<Instant | null> {
  const [last] = await db
    .select({ at: changeEntry.at })
    .from(changeEntry)
    .where(and(eq(changeEntry.subject, KEYRING), sql`${changeEntry.from} ->> 'current' = ${id}`))
    .orderBy(desc(changeEntry.seq))
    .limit(1);
  return last?.at ?? null;
}

/** The ring as a thing of the change record. */
export const KEYRING = 'keyring';

const ARCHIVES_PAGE = 20;

/** How many archived histories use the key `id`; `keysOf` gives the ids of a packed history's keys. Reads all of them. */
export async function archivesUsing(
  { db }: Register,
  id: string,
  keysOf: (history: Buffer) => string[],
): Promise<number> {
  let using = 0;
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    const rows = await guarded(async () =>
      db
        .select({ runId: runArchive.runId, history: runArchive.history })
        .from(runArchive)
        .where(gt(runArchive.runId, from))
        .orderBy(asc(runArchive.runId))
        .limit(ARCHIVES_PAGE),
    );
    using += rows.filter(({ history }) => keysOf(history).includes(id)).length;
    after = rows.length < ARCHIVES_PAGE ? null : rows.at(-1)!.runId;
  }
  return using;
}
