import type { Plan } from '../plan/load.ts';
import type { Instant } from '../incident/instant.ts';
import { FileError, type FileProblem, readYaml, type YamlSource } from '../plan/yaml-file.ts';
import { bodyFor, OFFICE, peopleOf, personById } from './bodies.ts';
import { checkOrganisation } from './checks.ts';
import { METHODS, type MethodName, triesOf, type Try } from './methods.ts';
import { onDutyOf } from './roster.ts';
import { type Body, type Organisation, organisationFile, type Person } from './schema.ts';

export { bodyFor, personById } from './bodies.ts';
export type { Body, Organisation, Person } from './schema.ts';

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

/** The judicial offices, in the order of the file. */
export const offices = (org: Organisation): { id: string; name: string }[] =>
  org.bodies.filter((body) => body.party === OFFICE).map(({ id, name }) => ({ id, name }));

/** Which of a party's people is to be told. */
export interface ContactPlace {
  party: string;
  office: string;
  /** Counted from 1. */
  contact: number;
  /** Nearer contacts of the party to whom it was said before, and who they were then, by id. */
  before?: { contacts: readonly number[]; tried: readonly string[] };
}

/**
 * The `contact`-th person (from 1) to tell of a party for incidents of an office: who is on duty at the instant, in order, then
 * the body's other contacts. Whoever stands by now in the place of a nearer contact, and was not told, comes first. Null when
 * there is no such body or contact: the step is empty and the next in line is told at once.
 */
export function contactFor(
  org: Organisation,
  { party, office, contact, before }: ContactPlace,
  at: Instant,
): Person | null {
  const body = bodyFor(org, party, office);
  if (!body) return null;
  const line = inLine(org, body, at);
  const nearer = (before?.contacts ?? []).filter((place) => place < contact).sort((a, b) => a - b);
  const isNew = (id: string | undefined) => id !== undefined && !before?.tried.includes(id);
  const id = [...nearer, contact].map((place) => line[place - 1]).find(isNew) ?? line[contact - 1];
  return id === undefined ? null : personById(org, id);
}

/** How a person of a party is tried, in order: see {@link triesOf}. Empty when no channel reaches them. */
export const triesFor = (
  org: Organisation,
  person: Person,
  { party, office }: { party: string; office: string },
  served: readonly MethodName[],
): Try[] => triesOf(person, served, [bodyFor(org, party, office)?.methods, org.methods]);

const inLine = (org: Organisation, body: Body, at: Instant): string[] => [
  ...new Set([...onDutyOf(org, body, at).map(({ person }) => person.id), ...body.contacts]),
];

/** Whether a person belongs to, is a contact of, or stands in the roster of a body that is one of `parties` for incidents of `office`. */
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
    return body !== null && (person.body === body.id || peopleOf(body).includes(personId));
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

/** The parties of a plan for which some office has no body, or a body without anybody whom a channel reaches. Warnings: they block no alarm. */
export function unfilledParties(
  plan: Plan,
  organisation: Organisation,
  served: readonly MethodName[] = METHODS,
): UnfilledParty[] {
  const all = offices(organisation).map((office) => office.id);
  return Object.entries(plan.parties)
    .map(([party, { name }]) => ({
      party,
      name,
      offices: all.filter((office) => !isFilled(organisation, party, office, served)),
    }))
    .filter((unfilled) => unfilled.offices.length > 0);
}

function isFilled(org: Organisation, party: string, office: string, served: readonly MethodName[]): boolean {
  const body = bodyFor(org, party, office);
  if (!body) return false;
  const people = peopleOf(body).flatMap((id) => personById(org, id) ?? []);
  return people.some((person) => triesFor(org, person, { party, office }, served).length > 0);
}
