import type { Plan } from '../plan/load.ts';
import { FileError, type FileProblem, readYaml, type YamlSource } from '../plan/yaml-file.ts';
import { checkOrganisation } from './checks.ts';
import { type Body, type Organisation, organisationFile, type Person } from './schema.ts';

export type { Body, Organisation, Person } from './schema.ts';

/** Somebody who can be told. */
export type Reachable = Person & { email: string };

/** An organisation file with mistakes: all of them, each with line and column. `code` is `ORGANISATION_INVALID`. */
export class OrganisationError extends FileError {
  override name = 'OrganisationError';
  constructor(file: string, problems: FileProblem[]) {
    super('ORGANISATION_INVALID', file, problems);
  }
}

/** Loads and checks an organisation from a path, or from a text with a name for messages. Throws {@link OrganisationError}. */
export const loadOrganisation = (source: YamlSource): Organisation =>
  readYaml(source, { schema: organisationFile, check: checkOrganisation, error: OrganisationError }).value;

const OFFICE = 'judicialOffice';

/** The judicial offices, in the order of the file. */
export const offices = (org: Organisation): { id: string; name: string }[] =>
  org.bodies.filter((body) => body.party === OFFICE).map(({ id, name }) => ({ id, name }));

/** The body that is `party` for incidents of `office`; null when there is none. */
export const bodyFor = (org: Organisation, party: string, office: string): Body | null =>
  org.bodies.find((body) => body.party === party && serves(body, office)) ?? null;

/**
 * The `contact`-th person (from 1) to tell of a party for incidents of an office. Null when there is no such body or contact,
 * or the person has no address: the step is empty and the next in line is told at once.
 */
export function contactFor(
  org: Organisation,
  { party, office, contact }: { party: string; office: string; contact: number },
): Reachable | null {
  const id = bodyFor(org, party, office)?.contacts[contact - 1];
  const person = id === undefined ? null : personById(org, id);
  return person && isReachable(person) ? person : null;
}

/** A person by id; null when nobody has it. */
export const personById = (org: Organisation, id: string): Person | null =>
  org.people.find((person) => person.id === id) ?? null;

/** Whether a person belongs to, or is a contact of, a body that is one of `parties` for incidents of `office`. */
export function isOfParty(
  org: Organisation,
  personId: string,
  parties: readonly string[],
  office: string,
): boolean {
  const person = personById(org, personId);
  if (!person) return false;
  return parties.some((party) => {
    const body = bodyFor(org, party, office);
    return body !== null && (person.body === body.id || body.contacts.includes(personId));
  });
}

/** The number at which an office's incidents can be talked about; null when there is no such office. */
export const callBackNumber = (org: Organisation, office: string): string | null =>
  bodyFor(org, OFFICE, office)?.callBack ?? null;

/** A party of the plan that nobody can be told for at some offices. */
export interface UnfilledParty {
  party: string;
  name: string;
  /** Ids of the offices for which it is so. */
  offices: string[];
}

/** The parties of a plan for which some office has no body, or a body without anybody who can be told. Warnings: they block no alarm. */
export function unfilledParties(plan: Plan, organisation: Organisation): UnfilledParty[] {
  const all = offices(organisation).map((office) => office.id);
  return Object.entries(plan.parties)
    .map(([party, { name }]) => ({
      party,
      name,
      offices: all.filter((office) => !isFilled(organisation, party, office)),
    }))
    .filter((unfilled) => unfilled.offices.length > 0);
}

const serves = (body: Body, office: string): boolean =>
  body.party === OFFICE ? body.id === office : (body.serves?.includes(office) ?? true);

const isReachable = (person: Person): person is Reachable => person.email !== undefined;

const isFilled = (org: Organisation, party: string, office: string): boolean =>
  (bodyFor(org, party, office)?.contacts ?? []).some((_, i) =>
    contactFor(org, { party, office, contact: i + 1 }),
  );
