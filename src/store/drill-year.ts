import { DateTime } from 'luxon';
import { officeYears, type OfficeDrill, type OfficeYear } from '../drills/year.ts';
import { SHOWN_TIME_ZONE, toInstant, type Instant } from '../incident/instant.ts';
import { offices, type Organisation } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import { drillsBetween, type Drill } from './drills.ts';
import type { Register } from './open.ts';

/** How every office stands to the plan's yearly drill (七), as of `now`. None where the plan asks for no drills. */
export async function drillYear(
  register: Register,
  {
    organisation,
    plan,
    year,
    now,
  }: { organisation: Organisation; plan: Pick<Plan, 'drills'>; year: number; now: Instant },
): Promise<OfficeYear[]> {
  if (!plan.drills) return [];
  const start = (of: number): Instant =>
    toInstant(DateTime.fromObject({ year: of }, { zone: SHOWN_TIME_ZONE }).toMillis());
  const drills = await drillsBetween(register, start(year), start(year + 1));
  return officeYears({
    year,
    now,
    needed: plan.drills.perYear,
    drills: drills.flatMap(atOffices),
    offices: offices(organisation).map(({ id }) => id),
  });
}

const atOffices = ({ id, order, status, startsAt, offices: held }: Drill): OfficeDrill[] =>
  order.offices.map(({ office }) => ({
    id,
    office,
    title: order.title,
    drillStatus: status,
    startsAt,
    status: held.find((each) => each.office === office)?.status ?? null,
  }));
