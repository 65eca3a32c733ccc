import type { Plan } from '../plan/load.ts';
import { bodyById } from './bodies.ts';
import { jurisdictionOf, jurisdictionsOf } from './jurisdiction.ts';
import type { Body, Organisation, Person } from './schema.ts';

/** Bodies that answer to the plan: police and procuratorate do not, nor does the city, whose own plan it is not. */
export const ourBodies = (org: Organisation, plan: Pick<Plan, 'parties'>): Body[] => {
  const cities = jurisdictionsOf(org).flatMap(({ id, level }) => (level === 'city' ? [id] : []));
  return org.bodies.filter(
    ({ id, party }) => !plan.parties[party]?.outside && !cities.includes(jurisdictionOf(org, id) ?? ''),
  );
};

/** A person of a body of ours, by id; null where it is nobody's, or an outside party's. */
export const ourPerson = (org: Organisation, plan: Pick<Plan, 'parties'>, id: string): Person | null =>
  org.people.find((one) => one.id === id && ourBodies(org, plan).includes(bodyById(org, one.body)!)) ?? null;
