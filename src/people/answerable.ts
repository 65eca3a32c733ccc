import { bodyById, bodyFor, OFFICE, peopleOf } from './bodies.ts';
import type { Body, Organisation } from './schema.ts';

/** Who is asked about a time, and who supervises them; null where the organisation has nobody for it. */
export interface Answerable {
  person: string | null;
  supervisor: string | null;
}

/** Whose an incident is, who reported it (null: nobody of ours is known to have), and the plan's leaders, in order. */
export interface AnsweringFor {
  office: string;
  reporter: string | null;
  leaders: readonly string[];
}

/**
 * Who answers for a report (五（四）, 责任到人): whoever of the office made it, else the head of the office; and their supervisor,
 * the next above them. The head of an office is its first contact; above the head stands the first contact of each of the
 * plan's `leaders` in turn.
 */
export function answerableFor(org: Organisation, { office, reporter, leaders }: AnsweringFor): Answerable {
  const body = bodyById(org, office);
  const above = leaders.map((party) => headOf(bodyFor(org, party, office)));
  const own = body && reporter !== null && isOf(org, body, reporter) ? reporter : null;
  const [person = null, supervisor = null] = new Set(
    [own, headOf(body), ...above].filter((id) => id !== null),
  );
  return { person, supervisor };
}

/** The offices for whose reports somebody may be asked, or supervises whoever is. */
export const answersFor = (org: Organisation, person: string, leaders: readonly string[]): string[] =>
  org.bodies
    .filter(({ party }) => party === OFFICE)
    .filter((office) => {
      const above = leaders.map((party) => headOf(bodyFor(org, party, office.id)));
      return isOf(org, office, person) || above.includes(person);
    })
    .map(({ id }) => id);

const headOf = (body: Body | null): string | null => body?.contacts[0] ?? null;

const isOf = (org: Organisation, body: Body, person: string): boolean =>
  peopleOf(body).includes(person) || org.people.some(({ id, body: of }) => id === person && of === body.id);
