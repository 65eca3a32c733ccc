import { suggestion } from '../plan/nearest.ts';
import { fieldOf, itemsOf, repeated } from '../plan/raw.ts';
import type { Path, Report } from '../plan/yaml-file.ts';
import { checkJurisdictions } from './jurisdiction-checks.ts';
import { checkCalendar, checkRoster } from './roster-checks.ts';

/** Finds what a schema cannot see: ids given twice, references that lead nowhere, two bodies for one post. */
export function checkOrganisation(raw: unknown, report: Report): void {
  const bodies = itemsOf(fieldOf(raw, 'bodies'));
  const people = itemsOf(fieldOf(raw, 'people'));
  const offices = idsOf(bodies.filter(isOffice));
  checkIds(bodies, 'bodies', report);
  checkIds(people, 'people', report);
  if (offices.length === 0)
    report(['bodies'], 'there is no judicial office', 'a body with party judicialOffice', 'key');
  for (const [i, body] of bodies.entries()) checkBody(body, ['bodies', i], offices, idsOf(people), report);
  for (const [i, body] of bodies.entries())
    checkRoster(fieldOf(body, 'roster'), ['bodies', i, 'roster'], idsOf(people), report);
  checkCalendar(fieldOf(raw, 'calendar'), report);
  checkOneEach(bodies, offices, report);
  checkJurisdictions(raw, report);
  for (const [i, person] of people.entries()) {
    refer(fieldOf(person, 'body'), idsOf(bodies), 'body', ['people', i, 'body'], report);
  }
}

const OFFICE = 'judicialOffice';
const isOffice = (body: unknown): boolean => fieldOf(body, 'party') === OFFICE;
const isText = (value: unknown): value is string => typeof value === 'string';
const idsOf = (items: unknown[]): string[] => items.map((item) => fieldOf(item, 'id')).filter(isText);

function refer(id: unknown, known: string[], what: string, path: Path, report: Report): void {
  // Where nothing is declared at all, that is said once, instead of by every reference to it.
  if (!isText(id) || known.length === 0 || known.includes(id)) return;
  report(path, `there is no ${what} "${id.slice(0, 40)}"`, suggestion(id, known));
}

function checkIds(items: unknown[], list: string, report: Report): void {
  for (const { index } of repeated(items.map((item) => fieldOf(item, 'id')))) {
    report([list, index, 'id'], 'this id is taken already', 'every id once');
  }
}

function checkBody(body: unknown, path: Path, offices: string[], people: string[], report: Report): void {
  const serves = fieldOf(body, 'serves');
  const contacts = itemsOf(fieldOf(body, 'contacts'));
  if (isOffice(body) && serves !== undefined) {
    report([...path, 'serves'], 'an office serves itself', 'no serves on a judicial office', 'key');
  }
  for (const [i, office] of itemsOf(serves).entries()) {
    refer(office, offices, 'judicial office', [...path, 'serves', i], report);
  }
  refer(fieldOf(body, 'administrator'), people, 'person', [...path, 'administrator'], report);
  for (const [i, person] of contacts.entries())
    refer(person, people, 'person', [...path, 'contacts', i], report);
  for (const { index } of repeated(contacts)) {
    report(
      [...path, 'contacts', index],
      'this person is a contact of the body already',
      'every contact once',
    );
  }
}

/** For one party and one office there is one body, else nobody could say which of two is told. */
function checkOneEach(bodies: unknown[], offices: string[], report: Report): void {
  const taken = new Set<string>();
  for (const [i, body] of bodies.entries()) {
    const party = fieldOf(body, 'party');
    if (!isText(party) || isOffice(body)) continue;
    const serves =
      fieldOf(body, 'serves') === undefined ? offices : itemsOf(fieldOf(body, 'serves')).filter(isText);
    const twice = serves.find((office) => taken.has(`${party} ${office}`));
    if (twice !== undefined) {
      report(
        ['bodies', i, 'party'],
        `a body of this party serves ${twice} already`,
        'one body for each party and office',
      );
    }
    for (const office of serves) taken.add(`${party} ${office}`);
  }
}
