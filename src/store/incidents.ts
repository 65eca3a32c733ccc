import type { SQL } from 'drizzle-orm';
import { and, asc, desc, eq, getTableColumns, lt, sql } from 'drizzle-orm';
import type { EntryKind, PlanPin } from '../incident/entry.ts';
import type { IncidentId, MessageKey, StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { NoticeKind } from '../incident/notice.ts';
import { guarded } from './errors.ts';
import type { Db, Register } from './open.ts';
import { entry, incident, incidentBranch, message, stage } from './tables.ts';

export { runArchives } from './archives.ts';
export { logIdentityRead, openPersonal } from './personal.ts';

/** What is known of an incident without its personal values. */
export type IncidentRow = Omit<
  typeof incident.$inferSelect,
  'planKey' | 'planEdition' | 'planHash' | 'bodyHash' | 'apiKeyId'
> & { plan: PlanPin };

const { planKey, planEdition, planHash, bodyHash, apiKeyId: _, ...ownColumns } = getTableColumns(incident);
const incidentColumns = { ...ownColumns, plan: { key: planKey, edition: planEdition, hash: planHash } };

/** The incident; null when the register has none of this id. */
export const incidentById = ({ db }: Register, id: IncidentId): Promise<IncidentRow | null> =>
  guarded(() => incidentRow(db, id));

async function incidentRow(db: Db, id: IncidentId): Promise<IncidentRow | null> {
  const [row] = await db.select(incidentColumns).from(incident).where(eq(incident.id, id));
  return row ?? null;
}

/** A line of the list of incidents. */
export type IncidentSummary = Pick<
  IncidentRow,
  | 'id'
  | 'number'
  | 'drill'
  | 'status'
  | 'office'
  | 'eventType'
  | 'branch'
  | 'branchName'
  | 'openedAt'
  | 'closedAt'
>;

/**
 * Incidents, newest first. With `before` only those after it in the list: after the incident of this id, which is how pages go on
 * without losing one, or opened before this instant. An id that is not in the register gives none.
 */
export function listIncidents(
  { db }: Register,
  { status, limit, before }: { status?: 'open' | 'closed'; limit: number; before?: IncidentId | Instant },
): Promise<IncidentSummary[]> {
  const wanted = and(
    status && eq(incident.status, status),
    before === undefined ? undefined : listedAfter(before),
  );
  return guarded(async () =>
    db
      .select({
        id: incident.id,
        number: incident.number,
        drill: incident.drill,
        status: incident.status,
        office: incident.office,
        eventType: incident.eventType,
        branch: incident.branch,
        branchName: incident.branchName,
        openedAt: incident.openedAt,
        closedAt: incident.closedAt,
      })
      .from(incident)
      .where(wanted)
      .orderBy(desc(incident.openedAt), desc(incident.id))
      .limit(limit),
  );
}

/** Many incidents may be opened at one instant: id and instant together make the place in the list. */
const listedAfter = (before: IncidentId | Instant): SQL =>
  UUID.test(before)
    ? sql`(${incident.openedAt}, ${incident.id}) <
        (select edge.opened_at, edge.id from ${incident} edge where edge.id = ${before}::uuid)`
    : lt(incident.openedAt, before);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a repeated report is answered with. */
export interface Intake {
  bodyHash: string;
  number: string | null;
  status: 'open' | 'closed';
  branches: { entry: number; branch: string; name: string; clause: string }[];
  missing: string[];
  marks: string[];
}

/** What was made of the report with this incident's id; null when none came in. One query. */
export function intakeOf({ db }: Register, id: IncidentId): Promise<Intake | null> {
  const { number, status, missing, marks } = incident;
  // Written with table names: inside a query's columns drizzle leaves them out, and the inner table's would be meant.
  const branches = sql<Intake['branches']>`(
    select coalesce(json_agg(json_build_object('entry', b.entry, 'branch', b.branch, 'name', b.branch_name, 'clause', b.clause)
      order by b.entry), '[]')
    from ${incidentBranch} b where b.incident_id = ${id}::uuid)`;
  return guarded(async () => {
    const [row] = await db
      .select({ bodyHash, number, status, branches, missing, marks })
      .from(incident)
      .where(eq(incident.id, id));
    return row ?? null;
  });
}

/** What a receipt link's page shows of its message. No identity. */
export interface MessageFacts {
  incidentId: IncidentId;
  number: string | null;
  drill: boolean;
  office: string;
  closed: boolean;
  urgency: string;
  branchName: string;
  stageName: string;
  clause: string;
  duty: string;
  outside: boolean;
  within: string | null;
  dueAt: Instant | null;
  acknowledgedAt: Instant | null;
}

/** The message with this key, its stage and its incident; null when the register does not have it (yet). */
export function messageFacts({ db }: Register, key: MessageKey): Promise<MessageFacts | null> {
  return guarded(async () => {
    const [row] = await db
      .select({
        incidentId: message.incidentId,
        number: incident.number,
        drill: incident.drill,
        office: incident.office,
        closed: sql<boolean>`${incident.status} = 'closed'`,
        urgency: message.urgency,
        branchName: incidentBranch.branchName,
        stageName: stage.stageName,
        clause: stage.clause,
        duty: message.duty,
        outside: message.outside,
        within: stage.within,
        dueAt: stage.dueAt,
        acknowledgedAt: message.acknowledgedAt,
      })
      .from(message)
      .innerJoin(incident, eq(incident.id, message.incidentId))
      .innerJoin(stage, sameOpening())
      .innerJoin(
        incidentBranch,
        and(eq(incidentBranch.incidentId, stage.incidentId), eq(incidentBranch.entry, stage.entry)),
      )
      .where(eq(message.key, key));
    return row ?? null;
  });
}

const sameOpening = (): SQL | undefined =>
  and(
    eq(stage.incidentId, message.incidentId),
    eq(stage.stageId, message.stageId),
    eq(stage.opening, message.opening),
  );

/** Whom a stage told, and what became of it. */
export interface Told {
  key: MessageKey;
  party: string;
  partyName: string;
  person: string | null;
  channel: string | null;
  kind: NoticeKind;
  sentAt: Instant;
  acceptedAt: Instant | null;
  refusedAt: Instant | null;
  acknowledgedAt: Instant | null;
  acknowledgedBy: string | null;
  /** Null while it is on its way; `withdrawn` when its duty ended first. */
  result: string | null;
  code: string | null;
  attempts: number;
}

export interface StageDetail {
  id: StageId;
  opening: number;
  stage: string;
  stageName: string;
  clause: string;
  source: 'plan' | 'statutory' | 'local';
  owner: string;
  duty: string;
  planText: string | null;
  within: string | null;
  openedAt: Instant;
  dueAt: Instant | null;
  overdueAt: Instant | null;
  resolvedAt: Instant | null;
  outcome: string | null;
  resolvedBy: string | null;
  holder: string | null;
  told: Told[];
}

export interface BranchDetail {
  entry: number;
  branch: string;
  name: string;
  clause: string;
  runId: string;
  enteredAt: Instant;
  leftAt: Instant | null;
  chosen: 'plan' | 'person';
  by: string | null;
  /** The stages opened under this entry; those it carried on stand where they were opened. */
  stages: StageDetail[];
}

/** One line of the timeline. `personal` names its personal values; their text is `openPersonal`'s to give. */
export interface TimelineEntry {
  seq: number;
  at: Instant;
  kind: EntryKind;
  data: Record<string, unknown>;
  personal: string[];
  prev: string;
  hash: string;
}

export interface IncidentDetail {
  incident: IncidentRow;
  branches: BranchDetail[];
  timeline: TimelineEntry[];
}

/** All of an incident but its personal values, as of one instant; null when the register has none of this id. */
export function incidentDetail({ db }: Register, id: IncidentId): Promise<IncidentDetail | null> {
  return guarded(() =>
    db.transaction(
      async (tx) => {
        const row = await incidentRow(tx, id);
        if (!row) return null;
        const told = await toldByStage(tx, id);
        const stages = await stagesByEntry(tx, id, told);
        return {
          incident: row,
          branches: await branchesOf(tx, id, stages),
          timeline: await timelineOf(tx, id),
        };
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    ),
  );
}

async function toldByStage(db: Db, id: IncidentId): Promise<Map<string, Told[]>> {
  const { incidentId: _id, line: _line, rung: _rung, repeat: _repeat, ...columns } = getTableColumns(message);
  const rows = await db
    .select(columns)
    .from(message)
    .where(eq(message.incidentId, id))
    .orderBy(asc(message.sentAt), asc(message.key));
  return groupedBy(rows, openingRef, ({ stageId: _stageId, opening: _opening, ...told }) => told);
}

async function stagesByEntry(
  db: Db,
  id: IncidentId,
  told: Map<string, Told[]>,
): Promise<Map<number, StageDetail[]>> {
  const rows = await db
    .select()
    .from(stage)
    .where(eq(stage.incidentId, id))
    .orderBy(asc(stage.openedAt), asc(stage.stageId), asc(stage.opening));
  return groupedBy(
    rows,
    (row) => row.entry,
    ({ incidentId: _id, entry: _entry, stageId, ...row }) => ({
      id: stageId,
      ...row,
      told: told.get(openingRef({ stageId, opening: row.opening })) ?? [],
    }),
  );
}

async function branchesOf(
  db: Db,
  id: IncidentId,
  stages: Map<number, StageDetail[]>,
): Promise<BranchDetail[]> {
  const rows = await db
    .select()
    .from(incidentBranch)
    .where(eq(incidentBranch.incidentId, id))
    .orderBy(asc(incidentBranch.entry));
  return rows.map(({ incidentId: _id, branchName: name, ...row }) => ({
    ...row,
    name,
    stages: stages.get(row.entry) ?? [],
  }));
}

async function timelineOf(db: Db, id: IncidentId): Promise<TimelineEntry[]> {
  const rows = await db.select().from(entry).where(eq(entry.incidentId, id)).orderBy(asc(entry.seq));
  return rows.map(({ incidentId: _id, data, personal, ...row }) => ({
    ...row,
    data: data as unknown as Record<string, unknown>,
    personal: Object.keys(personal),
  }));
}

const openingRef = ({ stageId, opening }: { stageId: StageId; opening: number }) => `${stageId}/${opening}`;

function groupedBy<Row, Key, Value>(
  rows: Row[],
  keyOf: (row: Row) => Key,
  valueOf: (row: Row) => Value,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(valueOf(row));
    else groups.set(keyOf(row), [valueOf(row)]);
  }
  return groups;
}
