import { and, asc, eq, gte, inArray, lt } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { bundle } from './tables-archive.ts';
import { incident } from './tables.ts';

export interface ClosedFilter {
  /** When the report was received: from, and until before. */
  since: Instant;
  until: Instant;
  office?: string | undefined;
  branch?: string | undefined;
  drill: boolean;
  /** Only of these offices; null: of all. */
  among: string[] | null;
  limit: number;
}

/** A closed incident, and how its bundle stands. */
export interface ClosedIncident {
  id: IncidentId;
  number: string | null;
  office: string;
  branchName: string | null;
  receivedAt: Instant;
  closedAt: Instant | null;
  /** Null while none is kept: it is then made when it is asked for. */
  madeAt: Instant | null;
  size: number | null;
}

/** Closed incidents in the order in which they were reported. */
export const closedIncidents = (
  { db }: Register,
  { since, until, office, branch, drill, among, limit }: ClosedFilter,
): Promise<ClosedIncident[]> =>
  guarded(async () =>
    db
      .select({
        id: incident.id,
        number: incident.number,
        office: incident.office,
        branchName: incident.branchName,
        receivedAt: incident.receivedAt,
        closedAt: incident.closedAt,
        madeAt: bundle.madeAt,
        size: bundle.size,
      })
      .from(incident)
      .leftJoin(bundle, eq(bundle.incidentId, incident.id))
      .where(
        and(
          eq(incident.status, 'closed'),
          eq(incident.drill, drill),
          gte(incident.receivedAt, since),
          lt(incident.receivedAt, until),
          office === undefined ? undefined : eq(incident.office, office),
          branch === undefined ? undefined : eq(incident.branch, branch),
          among === null ? undefined : inArray(incident.office, among),
        ),
      )
      .orderBy(asc(incident.receivedAt), asc(incident.id))
      .limit(limit),
  );
