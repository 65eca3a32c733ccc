import type { SQL } from 'drizzle-orm';
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { IncidentRow } from './incidents.ts';
import type { Register } from './open.ts';
import { incident } from './tables.ts';

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
  | 'parent'
  | 'mergedInto'
  | 'openedAt'
  | 'closedAt'
>;

/** Which incidents are asked for; what is not given narrows nothing down. */
export interface ListFilter {
  status?: 'open' | 'closed' | undefined;
  office?: string | undefined;
  branch?: string | undefined;
  eventType?: string | undefined;
  drill?: boolean | undefined;
  /** Sub-cases of this incident. */
  parent?: IncidentId | undefined;
  /** What the number begins with. */
  q?: string | undefined;
}

/**
 * Incidents, newest first. With `before` only those after it in the list: after the incident of this id, which is how pages go on
 * without losing one, or opened before this instant. An id that is not in the register gives none.
 */
export function listIncidents(
  { db }: Register,
  {
    limit,
    before,
    among = null,
    ...filter
  }: ListFilter & {
    limit: number;
    before?: IncidentId | Instant | undefined;
    /** Only of these offices; null: of all. */
    among?: string[] | null;
  },
): Promise<IncidentSummary[]> {
  const wanted = and(
    matching(filter),
    before === undefined ? undefined : listedAfter(before),
    among === null ? undefined : inArray(incident.office, among),
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
        parent: incident.parent,
        mergedInto: incident.mergedInto,
        openedAt: incident.openedAt,
        closedAt: incident.closedAt,
      })
      .from(incident)
      .where(wanted)
      .orderBy(desc(incident.openedAt), desc(incident.id))
      .limit(limit),
  );
}

function matching({ q, ...columns }: ListFilter): SQL | undefined {
  const named = Object.entries(columns) as [keyof typeof columns, string | boolean | undefined][];
  const equal = named.flatMap(([name, value]) => (value === undefined ? [] : [eq(incident[name], value)]));
  return and(...equal, q === undefined ? undefined : sql`starts_with(${incident.number}, ${q})`);
}

/** Many incidents may be opened at one instant: id and instant together make the place in the list. */
const listedAfter = (before: IncidentId | Instant): SQL =>
  UUID.test(before)
    ? sql`(${incident.openedAt}, ${incident.id}) <
        (select edge.opened_at, edge.id from ${incident} edge where edge.id = ${before}::uuid)`
    : lt(incident.openedAt, before);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
