import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Keyring } from '../crypto/keyring.ts';
import type { Entry } from '../incident/entry.ts';
import type { Anchor, IncidentId } from '../incident/ids.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { digestsOf } from './append.ts';
import { finding, type Finding } from './audit-report.ts';
import { entryHash, isOurHead } from './chain.ts';
import { doneErasures } from './erasures.ts';
import type { Db } from './open.ts';
import { brokenValue, isErased, type SealedRow } from './sealed-value.ts';
import type { chainHead } from './tables.ts';
import { entry, sealed } from './tables.ts';

const PAGE = 200;

type EntryRow = typeof entry.$inferSelect;

/** An incident's chain as it was walked from its first entry. */
export interface Walk {
  entries: Entry[];
  erased: number;
  /** The first entry of which a value is erased. */
  erasedAt: number | null;
  /** The last entry that stands there. */
  last: Anchor;
  /** What stands at the anchor's `seq`; null when nothing does. */
  anchored: string | null;
  broken: Finding | null;
  /** Apart from `broken`: a key that is gone must not hide a changed entry. */
  brokenValue: Finding | null;
}

interface Walking {
  db: Db;
  keyring: Keyring;
  id: IncidentId;
}

/** Walks the whole chain, a page of entries at a time. */
export async function walkChain(walking: Walking, anchor: Anchor): Promise<Walk> {
  const walk: Walk = {
    entries: [],
    erased: 0,
    erasedAt: null,
    last: NO_ANCHOR,
    anchored: null,
    broken: null,
    brokenValue: null,
  };
  for (;;) {
    const rows = await entriesAfter(walking, walk.last.seq);
    const values = await sealedOf(walking, rows);
    for (const row of rows) {
      walk.broken ??= brokenLink(row, walk.last);
      walk.brokenValue ??= brokenPersonal(walking, row, values);
      if (hasErased(row, values)) walk.erasedAt ??= row.seq;
      walk.entries.push(entryOf(row));
      walk.last = { seq: row.seq, hash: row.hash };
      if (row.seq === anchor.seq) walk.anchored = row.hash;
    }
    walk.erased += [...values.values()].filter(isErased).length;
    if (rows.length < PAGE) return walk;
  }
}

const entriesAfter = ({ db, id }: Walking, seq: number): Promise<EntryRow[]> =>
  db
    .select()
    .from(entry)
    .where(and(eq(entry.incidentId, id), gt(entry.seq, seq)))
    .orderBy(asc(entry.seq))
    .limit(PAGE);

async function sealedOf({ db }: Walking, rows: EntryRow[]): Promise<Map<string, SealedRow>> {
  const ids = rows.flatMap(({ personal }) => Object.values(personal).map((ref) => ref.sealedId));
  if (ids.length === 0) return new Map();
  const values = await db.select().from(sealed).where(inArray(sealed.id, ids));
  return new Map(values.map((value) => [value.id, value]));
}

const hasErased = ({ personal }: EntryRow, values: Map<string, SealedRow>): boolean =>
  Object.values(personal).some(({ sealedId }) => {
    const value = values.get(sealedId);
    return value !== undefined && isErased(value);
  });

const entryOf = ({ seq, at, kind, data }: EntryRow): Entry => ({ seq, at, kind, data }) as Entry;

function brokenLink(row: EntryRow, before: Anchor): Finding | null {
  const { seq, prev, hash, personal } = row;
  if (seq !== before.seq + 1) return finding(before.seq + 1, 'MISSING_ENTRY', 'this entry was removed');
  if (prev !== before.hash) return finding(seq, 'BROKEN_LINK', 'it does not follow the entry before it');
  if (entryHash(prev, { ...row, personal: digestsOf(personal) }) !== hash) {
    return finding(seq, 'CHANGED_ENTRY', 'its data was changed after it was written');
  }
  return null;
}

function brokenPersonal(
  walking: Walking,
  { seq, personal }: EntryRow,
  values: Map<string, SealedRow>,
): Finding | null {
  for (const [name, { sealedId, digest }] of Object.entries(personal)) {
    const broken = brokenValue(
      walking.keyring,
      { incidentId: walking.id, name, sealedId, digest },
      values.get(sealedId),
    );
    if (broken) return finding(seq, broken, BROKEN_VALUE[broken](name));
  }
  return null;
}

const BROKEN_VALUE = {
  CHANGED_PERSONAL: (name: string) =>
    `its personal value "${name}" was changed, removed, or erased only in part`,
  KEY_MISSING: (name: string) =>
    `its personal value "${name}" cannot be checked: put its key back into FENGHUO_KEYS`,
};

type HeadRow = typeof chainHead.$inferSelect;

/** Whether the chain's end is the end this register marked. One that lies further on is a cut tail, told apart. */
export function headFindings(
  keyring: Keyring,
  id: IncidentId,
  head: HeadRow | undefined,
  last: Anchor,
): Finding[] {
  if (!head) return [finding(last.seq, 'FORGED_HEAD', 'the mark of where the chain ends was removed')];
  if (!keyring.ids.includes(head.keyId)) {
    return [finding(head.seq, 'KEY_MISSING', "the head's key is not in FENGHUO_KEYS: put it back")];
  }
  if (!isOurHead(keyring, id, head)) {
    return [finding(head.seq, 'FORGED_HEAD', 'the head of the chain was not written by this register')];
  }
  const differs = head.seq < last.seq || (head.seq === last.seq && head.hash !== last.hash);
  return differs ? [finding(head.seq, 'FORGED_HEAD', 'the head of the chain is not its last entry')] : [];
}

/** Entries that the head, the workflow or the incident's own row knows of and the register has lost. */
export function missingFindings(
  { last, anchored }: Walk,
  { head, anchor, hasRow }: { head: number; anchor: Anchor; hasRow: boolean },
): Finding[] {
  const known = Math.max(head, anchor.seq);
  if (known > last.seq) {
    const by = anchor.seq > head ? 'the workflow' : 'the head';
    return [
      finding(last.seq + 1, 'CUT_TAIL', `the register ends at entry ${last.seq}, ${by} knows ${known}`),
    ];
  }
  if (hasRow && last.seq === 0) return [finding(1, 'NO_ENTRIES', 'the incident has no timeline')];
  if (anchor.seq > 0 && anchored !== anchor.hash) {
    return [finding(anchor.seq, 'NOT_ANCHORED', 'the workflow was told of another entry here')];
  }
  return [];
}

const GONE = 'a personal value of it was erased, and no erasure is on record';

/** Values erased without an erasure of the incident on record. */
export async function unrecordedFindings(db: Db, id: IncidentId, { erasedAt }: Walk): Promise<Finding[]> {
  if (erasedAt === null || (await doneErasures({ db }, id)).length > 0) return [];
  return [finding(erasedAt, 'ERASED_UNRECORDED', GONE)];
}
