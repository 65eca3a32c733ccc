import { bodyFor, offices, personById, type Organisation } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';

/** What people call what the register keeps by id. An id that is nobody's (any more) stands for itself. */
export interface Names {
  office(id: string): string;
  person(id: string): string;
  party(key: string): string;
  /** The body that is a party for an office's incidents. */
  body(party: string, office: string): string;
  eventType(key: string): string;
}

export function namesOf(organisation: Organisation, plan: Plan): Names {
  const own = <T>(map: Record<string, T>, key: string): T | undefined =>
    Object.hasOwn(map, key) ? map[key] : undefined;
  const party = (key: string): string => own(plan.parties, key)?.name ?? key;
  const known = new Map(offices(organisation).map(({ id, name }) => [id, name]));
  return {
    office: (id) => known.get(id) ?? id,
    person: (id) => personById(organisation, id)?.name ?? id,
    party,
    body: (key, office) => bodyFor(organisation, key, office)?.name ?? party(key),
    eventType: (key) => own(plan.eventTypes, key)?.name ?? key,
  };
}
