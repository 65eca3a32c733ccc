import type { SQL } from 'drizzle-orm';
import { and, asc, eq, ne, sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { IncidentRow } from './incidents.ts';
import type { Register } from './open.ts';
import { incident } from './tables.ts';

/** An incident beside another one. */
export interface NearIncident {
  id: IncidentId;
  number: string | null;
  eventType: string | null;
  receivedAt: Instant;
}

/**
 * Open incidents of the same office, and drills with drills, that were received within `hours` of this one, the nearest in
 * time first; not its parent, its sub-cases and theirs beside it, which are other events by decision.
 */
export function incidentsNear(
  { db }: Register,
  { id, office, drill, receivedAt, parent }: IncidentRow,
  { hours, limit }: { hours: number; limit: number },
): Promise<NearIncident[]> {
  const apart = sql`abs(extract(epoch from ${incident.receivedAt} - ${receivedAt}::timestamptz))`;
  const isOfTheFamily = parent
    ? sql`(${incident.id} = ${parent}::uuid or ${incident.parent} in (${id}::uuid, ${parent}::uuid))`
    : sql`${incident.parent} = ${id}::uuid`;
  const near: SQL | undefined = and(
    ne(incident.id, id),
    eq(incident.status, 'open'),
    eq(incident.office, office),
    eq(incident.drill, drill),
    sql`${incident.receivedAt} between ${receivedAt}::timestamptz - make_interval(hours => ${hours}::int)
      and ${receivedAt}::timestamptz + make_interval(hours => ${hours}::int)`,
    sql`(${isOfTheFamily}) is not true`,
  );
  return guarded(async () =>
    db
      .select({
        id: incident.id,
        number: incident.number,
        eventType: incident.eventType,
        receivedAt: incident.receivedAt,
      })
      .from(incident)
      .where(near)
      .orderBy(asc(apart), asc(incident.id))
      .limit(limit),
  );
}
