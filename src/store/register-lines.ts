import { sql } from 'drizzle-orm';
import type { IncidentId, StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import { countedIn, type Counted } from './numbers.ts';
import { instantOf, rowsOf, type Register } from './open.ts';
import { incident, message, stage } from './tables.ts';

/** A line of the register 台账: one duty of an incident and one whom it told, or nobody. */
export interface RegisterLine {
  id: IncidentId;
  number: string | null;
  drill: boolean;
  office: string;
  eventType: string | null;
  branchName: string | null;
  status: 'open' | 'closed';
  closedAs: string | null;
  stageId: StageId | null;
  stage: string | null;
  stageName: string | null;
  clause: string | null;
  source: 'plan' | 'statutory' | 'local' | null;
  owner: string | null;
  planText: string | null;
  /** ISO 8601: the bureau's own limit; null: 未载明. */
  within: string | null;
  openedAt: Instant | null;
  dueAt: Instant | null;
  resolvedAt: Instant | null;
  outcome: string | null;
  resolvedBy: string | null;
  automatic: boolean | null;
  /** Whom it told. */
  partyName: string | null;
  /** As reported, whatever stood there. */
  occurredAt: string | null;
  discoveredAt: string | null;
  /** When the alarm came in here. */
  takenAt: Instant;
  /** When this recipient was first told, and first confirmed. */
  reportedAt: Instant | null;
  receivedAt: Instant | null;
  receivedVia: string | null;
}

const INSTANTS = ['openedAt', 'dueAt', 'resolvedAt', 'takenAt', 'reportedAt', 'receivedAt'] as const;

/** A sheet is made in the process that takes alarms: it may not keep it busy for long. */
export const MAX_LINES = 20_000;

/**
 * Lines of the register, the newest incident first, at most `limit` incidents with all their lines, {@link MAX_LINES} in all. No identities: people of ours
 * by id, recipients as parties.
 */
export const registerLines = (
  { db }: Register,
  { limit, drill, ...counted }: Counted & { limit: number; drill?: boolean | undefined },
): Promise<RegisterLine[]> =>
  guarded(async () => {
    const rows = await rowsOf<RegisterLine>(
      db,
      sql`with i as (select i.* from ${incident} i where ${countedIn(counted)}
          and ${drill === undefined ? sql`true` : sql`i.drill = ${drill}`}
          order by i.received_at desc, i.id limit ${limit}),
        told as (select m.incident_id, m.stage_id, m.opening, m.party, min(m.party_name) as party_name,
            min(coalesce(m.accepted_at, m.acknowledged_at)) as reported_at, min(m.acknowledged_at) as received_at,
            (array_agg(m.acknowledged_via order by m.acknowledged_at) filter (where m.acknowledged_at is not null))[1] as via
          from ${message} m join i on i.id = m.incident_id
          group by m.incident_id, m.stage_id, m.opening, m.party)
      select i.id, i.number, i.drill, i.office, i.event_type as "eventType", i.branch_name as "branchName", i.status,
        i.closed_as as "closedAs", i.occurred_at as "occurredAt", i.discovered_at as "discoveredAt",
        i.received_at as "takenAt", s.stage_id as "stageId", s.stage, s.stage_name as "stageName", s.clause, s.source, s.owner,
        s.plan_text as "planText", s.within, s.opened_at as "openedAt", s.due_at as "dueAt", s.resolved_at as "resolvedAt",
        s.outcome, s.resolved_by as "resolvedBy", s.automatic, t.party_name as "partyName", t.reported_at as "reportedAt",
        t.received_at as "receivedAt", t.via as "receivedVia"
      from i left join ${stage} s on s.incident_id = i.id
        left join told t on t.incident_id = s.incident_id and t.stage_id = s.stage_id and t.opening = s.opening
      order by i.received_at desc, i.id, s.opened_at, s.stage_id, s.opening, t.reported_at, t.party limit ${MAX_LINES + 1}`,
    );
    return rows.map((row) => ({
      ...row,
      ...Object.fromEntries(INSTANTS.map((name) => [name, row[name] && instantOf(row[name])])),
    }));
  });
