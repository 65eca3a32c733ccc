import type { SQL, SQLWrapper } from 'drizzle-orm';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Db } from './open.ts';
import type { Changes } from './project.ts';
import { incident, incidentBranch, message, report, stage, subCase, subject } from './tables.ts';

/**
 * The statements that carry out `changes`, at most two a table. They touch different rows, so they may run in any order.
 * A new row that stands there already is left as it is: the chain is the record, and a projection must not stop it from growing.
 */
export function projectionWrites(db: Db, changes: Changes): SQLWrapper[] {
  return [
    ...incidentWrites(db, changes),
    ...branchWrites(db, changes),
    ...stageWrites(db, changes),
    ...messageWrites(db, changes),
    ...subjectWrites(db, changes),
    ...reportWrites(db, changes),
    ...subCaseWrites(db, changes),
  ];
}

/** Takes out every row that was made from an incident's timeline. */
export async function emptyProjections(db: Db, id: IncidentId): Promise<void> {
  await db.delete(incident).where(eq(incident.id, id));
  for (const table of [incidentBranch, stage, message, subject, report, subCase])
    await db.delete(table).where(eq(table.incidentId, id));
}

function incidentWrites(
  db: Db,
  { incident: row, incidentPatch, incidentId, lastSeq }: Changes,
): SQLWrapper[] {
  if (row) return [db.insert(incident).values(row).onConflictDoNothing({ target: incident.id })];
  return [
    db
      .update(incident)
      .set({ ...incidentPatch, lastSeq })
      .where(eq(incident.id, incidentId)),
  ];
}

function branchWrites(db: Db, { incidentId, branches, branchesLeftAt }: Changes): SQLWrapper[] {
  const first = branches[0]?.entry;
  const leave = and(
    eq(incidentBranch.incidentId, incidentId),
    isNull(incidentBranch.leftAt),
    first === undefined ? undefined : lt(incidentBranch.entry, first),
  );
  return [
    ...(branches.length ? [db.insert(incidentBranch).values(branches).onConflictDoNothing()] : []),
    ...(branchesLeftAt && first !== 1
      ? [db.update(incidentBranch).set({ leftAt: branchesLeftAt }).where(leave)]
      : []),
  ];
}

function stageWrites(db: Db, { incidentId, stages, stagePatches }: Changes): SQLWrapper[] {
  const rows = [...stages.values()];
  const patches = [...stagePatches.values()];
  return [
    ...(rows.length ? [db.insert(stage).values(rows).onConflictDoNothing()] : []),
    ...(patches.length ? [patchStages(incidentId, patches)] : []),
  ];
}

/**
 * Columns a patch does not name are null in it and keep their value. In one of a stage that continued the limit began anew:
 * both its instants are as they stand there, null too.
 */
const patchStages = (incidentId: string, patches: unknown[]): SQL => sql`
  update ${stage} as s set
    due_at = case when p.continued is null then s.due_at else p."dueAt" end,
    overdue_at = case when p.continued is null then coalesce(p."overdueAt", s.overdue_at) else p."overdueAt" end,
    continued = s.continued + coalesce(p.continued, 0),
    resolved_at = coalesce(p."resolvedAt", s.resolved_at),
    outcome = coalesce(p.outcome, s.outcome),
    resolved_by = coalesce(p."resolvedBy", s.resolved_by),
    holder = coalesce(p.holder, s.holder)
  from jsonb_to_recordset(${JSON.stringify(patches)}::jsonb) as p(
    "stageId" text, opening int, continued int, "dueAt" timestamptz, "overdueAt" timestamptz, "resolvedAt" timestamptz,
    outcome text, "resolvedBy" text, holder text
  )
  where s.incident_id = ${incidentId}::uuid and s.stage_id = p."stageId" and s.opening = p.opening`;

function messageWrites(db: Db, { messages, messagePatches }: Changes): SQLWrapper[] {
  const rows = [...messages.values()];
  const patches = [...messagePatches.values()];
  return [
    ...(rows.length ? [db.insert(message).values(rows).onConflictDoNothing()] : []),
    ...(patches.length ? [patchMessages(patches)] : []),
  ];
}

/** Who acknowledged first stays; all else takes the patch's value where it has one. */
const patchMessages = (patches: unknown[]): SQL => sql`
  update ${message} as m set
    person = coalesce(p.person, m.person),
    channel = coalesce(p.channel, m.channel),
    accepted_at = coalesce(p."acceptedAt", m.accepted_at),
    refused_at = coalesce(p."refusedAt", m.refused_at),
    acknowledged_at = coalesce(m.acknowledged_at, p."acknowledgedAt"),
    acknowledged_by = case when m.acknowledged_at is null then p."acknowledgedBy" else m.acknowledged_by end,
    acknowledged_via = case when m.acknowledged_at is null then p."acknowledgedVia" else m.acknowledged_via end,
    arrived_at = coalesce(m.arrived_at, p."arrivedAt"),
    declined_at = coalesce(m.declined_at, p."declinedAt"),
    revoked_at = coalesce(m.revoked_at, p."revokedAt"),
    result = coalesce(p.result, m.result),
    code = coalesce(p.code, m.code),
    attempts = coalesce(p.attempts, m.attempts)
  from jsonb_to_recordset(${JSON.stringify(patches)}::jsonb) as p(
    key text, person text, channel text, "acceptedAt" timestamptz, "refusedAt" timestamptz, "acknowledgedAt" timestamptz,
    "acknowledgedBy" text, "acknowledgedVia" text, "arrivedAt" timestamptz, "declinedAt" timestamptz,
    "revokedAt" timestamptz, result text, code text, attempts int
  )
  where m.key = p.key`;

function subjectWrites(db: Db, { incidentId, subjects, subjectPatches }: Changes): SQLWrapper[] {
  const rows = [...subjects.values()];
  const patches = [...subjectPatches.values()];
  return [
    ...(rows.length ? [db.insert(subject).values(rows).onConflictDoNothing()] : []),
    ...(patches.length ? [patchSubjects(incidentId, patches)] : []),
  ];
}

const patchSubjects = (incidentId: string, patches: unknown[]): SQL => sql`
  update ${subject} as s set
    safety = coalesce(p.safety, s.safety),
    outcome = coalesce(p.outcome, s.outcome),
    changed_at = p."changedAt"
  from jsonb_to_recordset(${JSON.stringify(patches)}::jsonb) as p(
    nr int, safety text, outcome text, "changedAt" timestamptz
  )
  where s.incident_id = ${incidentId}::uuid and s.nr = p.nr`;

const reportWrites = (db: Db, { reports }: Changes): SQLWrapper[] =>
  reports.length ? [db.insert(report).values(reports).onConflictDoNothing()] : [];

function subCaseWrites(db: Db, { incidentId, subCases, subCasePatches }: Changes): SQLWrapper[] {
  const rows = [...subCases.values()];
  const patches = [...subCasePatches.values()];
  return [
    ...(rows.length ? [db.insert(subCase).values(rows).onConflictDoNothing()] : []),
    ...(patches.length ? [patchSubCases(incidentId, patches)] : []),
  ];
}

const patchSubCases = (incidentId: string, patches: unknown[]): SQL => sql`
  update ${subCase} as s set ended_at = p."endedAt", ended_as = p."endedAs"
  from jsonb_to_recordset(${JSON.stringify(patches)}::jsonb) as p(
    "subCase" uuid, "endedAt" timestamptz, "endedAs" text
  )
  where s.incident_id = ${incidentId}::uuid and s.sub_case = p."subCase"`;
