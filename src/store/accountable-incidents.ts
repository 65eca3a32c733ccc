import { and, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { ClosedAs, PlanPin } from '../incident/entry.ts';
import type { TimelineLine } from '../incident/four-times.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import { incidentDetail } from './incident-detail.ts';
import type { Register } from './open.ts';
import { openPersonal } from './personal.ts';
import { account } from './tables-accounts.ts';
import { accountabilityEntry } from './tables-accountability.ts';
import { entry, incident } from './tables.ts';

/** An incident as its time differences need it. */
export interface AccountableIncident {
  id: IncidentId;
  number: string | null;
  office: string;
  drill: boolean;
  parent: IncidentId | null;
  closedAs: ClosedAs | null;
  plan: PlanPin;
  /** As reported, whatever stood there. */
  discoveredAt: string | null;
  receivedAt: Instant;
  /** The person whose account reported it; null for a key, and for an account of nobody. */
  reporter: string | null;
  /** Something was told later that times are compared with. */
  hasMore: boolean;
}

/** The newest so many are looked at: what is older was looked at in its time. */
const LOOKED_AT = 1_000;

/** Incidents of these offices that may have differences between times, newest first: no drills, sub-cases, false alarms, merged ones. */
export const accountableIncidents = (
  register: Register,
  offices: string[],
): Promise<AccountableIncident[]> =>
  offices.length === 0
    ? Promise.resolve([])
    : guarded(() =>
        selected(register)
          .where(
            and(
              inArray(incident.office, offices),
              eq(incident.drill, false),
              isNull(incident.parent),
              or(isNull(incident.closedAs), eq(incident.closedAs, 'responseEnded')),
            ),
          )
          .orderBy(desc(incident.openedAt), desc(incident.id))
          .limit(LOOKED_AT),
      );

/** One incident, whatever it is; null when there is none of this id. */
export const accountableIncident = (
  register: Register,
  id: IncidentId,
): Promise<AccountableIncident | null> =>
  guarded(async () => (await selected(register).where(eq(incident.id, id)))[0] ?? null);

const COMPARED = sql`array['knownElsewhere.at', 'discoveredAt']`;

const selected = ({ db }: Register) =>
  db
    .select({
      id: incident.id,
      number: incident.number,
      office: incident.office,
      drill: incident.drill,
      parent: incident.parent,
      closedAs: incident.closedAs,
      plan: { key: incident.planKey, edition: incident.planEdition, hash: incident.planHash },
      discoveredAt: incident.discoveredAt,
      receivedAt: incident.receivedAt,
      reporter: account.person,
      hasMore: sql<boolean>`(exists (select from ${entry} e where e.incident_id = ${sql.raw('"incident"."id"')}
          and e.kind = 'factsAdded' and e.data->'names' ?| ${COMPARED})
        or exists (select from ${accountabilityEntry} a where a.incident_id = ${sql.raw('"incident"."id"')}
          and a.kind = 'verified'))`,
    })
    .from(incident)
    .leftJoin(account, sql`${incident.apiKeyId} = 'account-' || ${account.id}::text`);

/** An incident's timeline with its personal values in clear. Whoever asks logs it. */
export async function openTimeline(register: Register, id: IncidentId): Promise<TimelineLine[]> {
  const detail = await incidentDetail(register, id);
  const personal = await openPersonal(register, id);
  return (detail?.timeline ?? []).map((line) => ({ ...line, personal: personal.get(line.seq) }));
}
