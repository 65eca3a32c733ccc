import type { SQL } from 'drizzle-orm';
import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { PlanPin } from '../incident/entry.ts';
import type { IncidentId, MessageKey } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Db, Register } from './open.ts';
import { incident, incidentBranch, message, stage } from './tables.ts';

export { runArchives } from './archives.ts';
export { incidentDetail, type IncidentDetail } from './incident-detail.ts';
export { listIncidents } from './incident-list.ts';
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

/** The same within a transaction. */
export async function incidentRow(db: Db, id: IncidentId): Promise<IncidentRow | null> {
  const [row] = await db.select(incidentColumns).from(incident).where(eq(incident.id, id));
  return row ?? null;
}

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
  sentAt: Instant;
  acknowledgedAt: Instant | null;
  arrivedAt: Instant | null;
  declinedAt: Instant | null;
  revokedAt: Instant | null;
  /** How the stage ended; null while it is open. */
  outcome: string | null;
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
        // The first response belongs to no branch: it goes on in whichever the incident is in.
        branchName: sql<string>`coalesce(${incidentBranch.branchName}, ${incident.branchName})`,
        stageName: stage.stageName,
        clause: stage.clause,
        duty: message.duty,
        outside: message.outside,
        within: stage.within,
        dueAt: stage.dueAt,
        sentAt: message.sentAt,
        acknowledgedAt: message.acknowledgedAt,
        arrivedAt: message.arrivedAt,
        declinedAt: message.declinedAt,
        revokedAt: message.revokedAt,
        outcome: stage.outcome,
      })
      .from(message)
      .innerJoin(incident, eq(incident.id, message.incidentId))
      .innerJoin(stage, sameOpening())
      .leftJoin(
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
