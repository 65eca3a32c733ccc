import { eq, inArray, sql } from 'drizzle-orm';
import type { Anchor, IncidentId } from '../incident/ids.ts';
import { NO_ANCHOR } from '../incident/ids.ts';
import { brokenSaid } from './accountability-verify.ts';
import { headFindings, missingFindings, unrecordedFindings, walkChain } from './audit-chain.ts';
import { brokenFiles } from './audit-files.ts';
import { changedRows } from './audit-projections.ts';
import {
  finding,
  type AuditCode,
  type AuditErasure,
  type AuditProblem,
  type AuditReport,
} from './audit-report.ts';
import { verifyChanges } from './changes-verify.ts';
import { doneErasures } from './erasures.ts';
import { guarded } from './errors.ts';
import { formatNumber } from './number.ts';
import type { Db, Register } from './open.ts';
import { rowsOf } from './open.ts';
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
  stage,
  subCase,
  subject,
} from './tables.ts';

/** What the incident's workflow was told is written; null when it is not known any more. */
export type AnchorOf = (id: IncidentId) => Promise<Anchor | null>;

/**
 * Verifies every incident's chain from its first entry to its head, its head against the workflow's anchor, without which a
 * tail that was cut together with its head cannot be told, and its projections against its timeline. Names the first broken
 * entry of each incident. Holds one incident at a time.
 */
export async function auditRegister(register: Register, anchorOf?: AnchorOf): Promise<AuditReport> {
  const report: AuditReport = {
    incidents: 0,
    entries: 0,
    erased: 0,
    unanchored: 0,
    problems: [],
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
        incidentId,
        number: numbers.get(incidentId) ?? null,
        basis,
        legalBasis,
        proposedBy,
        change,
        approvedBy: decidedBy ?? '',
        erasedAt: decidedAt ?? '',
        values: row.values ?? 0,
        files: row.files ?? 0,
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
