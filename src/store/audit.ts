import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Keyring } from '../crypto/keyring.ts';
import type { Entry } from '../incident/entry.ts';
import type { Anchor, IncidentId } from '../incident/ids.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { brokenSaid } from './accountability-verify.ts';
import { digestsOf } from './append.ts';
import { brokenFiles } from './audit-files.ts';
import { changedRows } from './audit-projections.ts';
import { entryHash, isOurHead } from './chain.ts';
import { verifyChanges } from './changes-verify.ts';
import { doneErasures } from './erasures.ts';
import { guarded } from './errors.ts';
import { formatNumber } from './number.ts';
import type { Db, Register } from './open.ts';
import { rowsOf } from './open.ts';
import { brokenValue, isErased, type SealedRow } from './sealed-value.ts';
import { accountabilityEntry } from './tables-accountability.ts';
import {
  chainHead,
  entry,
  incident,
  incidentBranch,
  incidentNumber,
  message,
  numberSeries,
  report,
  sealed,
  stage,
  subCase,
  subject,
} from './tables.ts';

/**
 * What can be wrong, of the entry at `seq` unless said otherwise:
 * - `CHANGED_ENTRY`: its data, instant, kind or digests are not what was hashed
 * - `CHANGED_PERSONAL`: a sealed value is not what was sealed, is gone without having been erased, or was erased only in part
 * - `ERASED_UNRECORDED`: a personal value is erased, and no erasure of the incident is on record
 * - `CHANGED_PROJECTION`: a row that API and pages read is not what the timeline says; `text` names table, row and columns
 * - `MISSING_ENTRY`: there is none, though later ones stand there
 * - `BROKEN_LINK`: it does not follow the entry before it
 * - `CUT_TAIL`: from here on entries are gone: the head or the workflow knows of them
 * - `FORGED_HEAD`: the end of the chain is marked by somebody without the key, or not at all
 * - `NOT_ANCHORED`: it is not the entry the workflow was told had been written
 * - `NO_ENTRIES`: an incident without a timeline
 * - `KEY_MISSING`: cannot be checked, its key is not in the ring
 * - `CHANGED_DOCUMENT`: what was signed is not what the timeline says, or is gone
 * - `CHANGED_FILE`: a scan or attachment is not the file whose hash the timeline has, or is gone without an erasure on record
 * - `MISSING_NUMBER`: `number` was given out, and no incident has it; `incidentId` is empty
 *
 * What is broken in the change record comes with its own codes, under the number `changes`.
 */
export type AuditCode =
  | 'CHANGED_ENTRY'
  | 'CHANGED_PERSONAL'
  | 'ERASED_UNRECORDED'
  | 'CHANGED_PROJECTION'
  | 'MISSING_ENTRY'
  | 'BROKEN_LINK'
  | 'CUT_TAIL'
  | 'FORGED_HEAD'
  | 'NOT_ANCHORED'
  | 'NO_ENTRIES'
  | 'KEY_MISSING'
  | 'CHANGED_DOCUMENT'
  | 'CHANGED_FILE'
  | 'MISSING_NUMBER';

export interface AuditProblem {
  incidentId: string;
  number: string | null;
  seq: number | null;
  code: AuditCode;
  /** In English, without personal data. */
  text: string;
}

export interface AuditReport {
  incidents: number;
  entries: number;
  /** Personal values that were erased: their digests stand, what they said cannot be checked any more. */
  erased: number;
  /** Incidents whose end was compared with no workflow's anchor: a tail cut together with its head would not show in them. */
  unanchored: number;
  /** What was lawfully erased: of which incident, when, by whom, on what basis. */
  erasures: AuditErasure[];
  problems: AuditProblem[];
}

export interface AuditErasure {
  incidentId: string;
  number: string | null;
  basis: 'retention' | 'law';
  legalBasis: string | null;
  proposedBy: string;
  approvedBy: string;
  erasedAt: string;
  values: number;
  files: number;
  /** Its entry in the change record. */
  change: number | null;
}

/** What the incident's workflow was told is written; null when it is not known any more. */
export type AnchorOf = (id: IncidentId) => Promise<Anchor | null>;

/**
 * Verifies every incident's chain from its first entry to its head, its head against the workflow's anchor, without which a
 * tail that was cut together with its head cannot be told, and its projections against its timeline. Names the first broken
 * entry of each incident. Holds one incident at a time.
 */
export async function auditRegister(register: Register, anchorOf?: AnchorOf): Promise<AuditReport> {
  const report: AuditReport = {
    ...{ incidents: 0, entries: 0, erased: 0, unanchored: 0, problems: [] },
    erasures: await erasuresIn(register),
  };
  for await (const id of knownIncidents(register)) {
    // Before reading the chain: it may grow meanwhile, and is then ahead of the anchor, never behind.
    const anchor = (await anchorOf?.(id)) ?? null;
    const found = await guarded(() => auditIncident(register, id, anchor ?? NO_ANCHOR));
    if (found.entries > 0 || found.problems.length > 0) {
      report.incidents += 1;
      if (anchor === null) report.unanchored += 1;
    }
    report.entries += found.entries;
    report.erased += found.erased;
    report.problems.push(...found.problems);
  }
  report.problems.push(...(await guarded(() => missingNumbers(register))));
  const { problems } = await verifyChanges(register);
  report.problems.push(...problems.map((problem) => ({ incidentId: '', number: 'changes', ...problem })));
  return report;
}

const PAGE = 200;

/** Every incident id that any table of record or projections knows, whatever was removed from the others. */
async function* knownIncidents({ db }: Register): AsyncGenerator<IncidentId> {
  let last: string | null = null;
  for (;;) {
    const rows: { id: IncidentId }[] = await guarded(() => rowsOf(db, idsAfter(last)));
    for (const { id } of rows) yield id;
    if (rows.length < PAGE) return;
    last = rows.at(-1)!.id;
  }
}

const KNOWN_IN = [
  incident.id,
  ...[
    entry,
    chainHead,
    incidentNumber,
    incidentBranch,
    stage,
    message,
    subject,
    report,
    subCase,
    accountabilityEntry,
  ].map((table) => table.incidentId),
];

/** Each table gives its own first page by its index, so that the record is not read as a whole for every page. */
const idsAfter = (last: string | null) => {
  const pages = KNOWN_IN.map(
    (id) => sql`(select distinct ${id} as id from ${id.table}
      where ${last}::uuid is null or ${id} > ${last}::uuid order by 1 limit ${PAGE})`,
  );
  return sql`select id from (${sql.join(pages, sql` union `)}) known order by id limit ${PAGE}`;
};

/** One incident's record as {@link auditRegister} verifies it; `anchor` is what its workflow knows, {@link NO_ANCHOR} where it is not asked. */
export const verifyIncident = (
  register: Register,
  id: IncidentId,
  anchor: Anchor,
): Promise<{ entries: number; erased: number; problems: AuditProblem[] }> =>
  guarded(() => auditIncident(register, id, anchor));

type Finding = Pick<AuditProblem, 'seq' | 'code' | 'text'>;

/** One state of the incident, however much is written to it meanwhile. */
function auditIncident(register: Register, id: IncidentId, anchor: Anchor) {
  return register.db.transaction(
    async (tx) => {
      const [row] = await tx.select({ number: incident.number }).from(incident).where(eq(incident.id, id));
      const number = await allottedNumber(tx, id);
      const [head] = await tx.select().from(chainHead).where(eq(chainHead.incidentId, id));
      const walk = await walkChain({ db: tx, keyring: register.keyring, id }, anchor);
      const findings = [
        ...(walk.broken ? [walk.broken] : []),
        ...(walk.brokenValue ? [walk.brokenValue] : []),
        ...(await unrecordedFindings(tx, id, walk)),
        ...(walk.last.seq === 0 ? [] : headFindings(register.keyring, id, head, walk.last)),
        ...missingFindings(walk, { head: head?.seq ?? 0, anchor, hasRow: row !== undefined }),
      ];
      if (!findings.some(({ code }) => LOST_TIMELINE.includes(code))) {
        const rows = await changedRows(tx, id, walk.entries, number);
        findings.push(...rows.map((text) => finding(null, 'CHANGED_PROJECTION', text)));
        findings.push(...(await brokenFiles(tx, register.keyring, id, walk.entries)));
      }
      findings.push(...(await brokenSaid(tx, register.keyring, id)));
      const named = { incidentId: id, number: number ?? row?.number ?? null };
      const problems: AuditProblem[] = findings.map((found) => ({ ...named, ...found }));
      return { entries: walk.entries.length, erased: walk.erased, problems };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** What the timeline said is not known any more, so its projections have nothing to be compared with. */
const LOST_TIMELINE: AuditCode[] = [
  'CHANGED_ENTRY',
  'MISSING_ENTRY',
  'BROKEN_LINK',
  'CUT_TAIL',
  'NO_ENTRIES',
];

async function allottedNumber(db: Db, id: IncidentId): Promise<string | null> {
  const [row] = await db.select().from(incidentNumber).where(eq(incidentNumber.incidentId, id));
  return row ? formatNumber(row, row.nr) : null;
}

const finding = (seq: number | null, code: AuditCode, text: string): Finding => ({ seq, code, text });

const GONE = 'a personal value of it was erased, and no erasure is on record';

async function unrecordedFindings(db: Db, id: IncidentId, { erasedAt }: Walk): Promise<Finding[]> {
  if (erasedAt === null || (await doneErasures({ db }, id)).length > 0) return [];
  return [finding(erasedAt, 'ERASED_UNRECORDED', GONE)];
}

type EntryRow = typeof entry.$inferSelect;

interface Walk {
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

async function walkChain(walking: Walking, anchor: Anchor): Promise<Walk> {
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
function headFindings(keyring: Keyring, id: IncidentId, head: HeadRow | undefined, last: Anchor): Finding[] {
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
function missingFindings(
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

const erasuresIn = (register: Register): Promise<AuditErasure[]> =>
  guarded(async () => {
    const numbers = new Map<string, string | null>();
    const rows = await doneErasures(register);
    const ids = [...new Set(rows.map(({ incidentId }) => incidentId))];
    if (ids.length > 0) {
      const named = await register.db
        .select({ id: incident.id, number: incident.number })
        .from(incident)
        .where(inArray(incident.id, ids));
      for (const { id, number } of named) numbers.set(id, number);
    }
    return rows.map(
      ({ incidentId, basis, legalBasis, proposedBy, decidedBy, decidedAt, change, ...row }) => ({
        ...{ incidentId, number: numbers.get(incidentId) ?? null, basis, legalBasis, proposedBy, change },
        ...{ approvedBy: decidedBy ?? '', erasedAt: decidedAt ?? '' },
        ...{ values: row.values ?? 0, files: row.files ?? 0 },
      }),
    );
  });

/** Numbers are given out without gaps: where one is missing, a whole incident was removed. */
async function missingNumbers({ db }: Register): Promise<AuditProblem[]> {
  const rows = await rowsOf<{ prefix: string; year: number; drill: boolean; nr: number }>(
    db,
    sql`select s.prefix, s.year, s.drill, nr from ${numberSeries} s, generate_series(1, s.last) as nr
        where not exists (select from ${incidentNumber} n
          where n.prefix = s.prefix and n.year = s.year and n.drill = s.drill and n.nr = nr.nr)
        order by 1, 2, 3, 4 limit 1000`,
  );
  return rows.map(({ nr, ...series }) => ({
    incidentId: '',
    number: formatNumber(series, nr),
    seq: null,
    code: 'MISSING_NUMBER',
    text: 'this number was given out, and no incident has it',
  }));
}
