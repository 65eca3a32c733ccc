import { asc, eq, getTableColumns } from 'drizzle-orm';
import type { EntryKind } from '../incident/entry.ts';
import type { IncidentId, MessageKey, StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { NoticeKind } from '../incident/notice.ts';
import { guarded } from './errors.ts';
import { incidentRow, type IncidentRow } from './incidents.ts';
import type { Db, Register } from './open.ts';
import { entry, incidentBranch, message, report, stage, subCase, subject } from './tables.ts';

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
  /** How a registered receipt came (代录); null for one by link. */
  acknowledgedVia: string | null;
  arrivedAt: Instant | null;
  declinedAt: Instant | null;
  /** Its link is void. */
  revokedAt: Instant | null;
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
  /** When it begins, where that is later than it opens. */
  startsAt: Instant | null;
  /** Opened because nobody answered (自动催报·未经人工确认). */
  automatic: boolean;
  /** How many outcomes were recorded that left it open. */
  continued: number;
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

type Without<Row> = Omit<Row, 'incidentId'>;
export type SubjectRow = Without<typeof subject.$inferSelect>;
export type ReportRow = Without<typeof report.$inferSelect>;
export type SubCaseRow = Without<typeof subCase.$inferSelect>;

export interface IncidentDetail {
  incident: IncidentRow;
  /** Stages of the first response (先期处置), which is of the incident and not of one branch. */
  firstResponse: StageDetail[];
  branches: BranchDetail[];
  /** In the order of their numbers, from 1. */
  subjects: SubjectRow[];
  /** Those after the first report, in their order. */
  reports: ReportRow[];
  subCases: SubCaseRow[];
  timeline: TimelineEntry[];
}

/** Under which branch entry the stages stand that belong to none. */
const NO_BRANCH = 0;

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
          firstResponse: stages.get(NO_BRANCH) ?? [],
          branches: await branchesOf(tx, id, stages),
          subjects: await subjectsOf(tx, id),
          reports: await reportsOf(tx, id),
          subCases: await subCasesOf(tx, id),
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

const own = <Row extends { incidentId: IncidentId }>({ incidentId: _id, ...row }: Row): Without<Row> => row;

const subjectsOf = async (db: Db, id: IncidentId): Promise<SubjectRow[]> =>
  (await db.select().from(subject).where(eq(subject.incidentId, id)).orderBy(asc(subject.nr))).map(own);

const reportsOf = async (db: Db, id: IncidentId): Promise<ReportRow[]> =>
  (await db.select().from(report).where(eq(report.incidentId, id)).orderBy(asc(report.nr))).map(own);

const subCasesOf = async (db: Db, id: IncidentId): Promise<SubCaseRow[]> =>
  (
    await db
      .select()
      .from(subCase)
      .where(eq(subCase.incidentId, id))
      .orderBy(asc(subCase.openedAt), asc(subCase.subCase))
  ).map(own);

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
