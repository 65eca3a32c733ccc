import { bodyById } from '../people/bodies.ts';
import { isOfParty, type Organisation } from '../people/organisation.ts';
import type { PlanParty } from '../plan/part.ts';

/** A drill at an office, and who takes part in it. */
export interface HeldAt {
  office: string;
  /** Nobody: the office's contacts. */
  participants: string[];
  /** Null where it is not known. */
  director: string | null;
}

/** Who takes part for real at an office: its contacts, where the order names nobody. */
export const takingPart = (
  organisation: Organisation,
  { office, participants }: Pick<HeldAt, 'office' | 'participants'>,
): string[] => (participants.length > 0 ? participants : (bodyById(organisation, office)?.contacts ?? []));

/** Whether what really happens at `real` needs this drill's office, one of its people or its director: then the drill gives way. */
export const gives = (
  organisation: Organisation,
  parties: Record<string, Pick<PlanParty, 'outside'>>,
  held: HeldAt,
  real: string,
): boolean => {
  if (held.office === real) return true;
  const ours = Object.keys(parties).filter((party) => !parties[party]!.outside);
  const people = [...takingPart(organisation, held), ...(held.director ? [held.director] : [])];
  return people.some((person) => isOfParty(organisation, person, ours, real));
};
