import { z } from 'zod';
import { type Instant, plus, toMs } from '../incident/instant.ts';
import type { Plan } from '../plan/load.ts';
import { peopleOf } from './bodies.ts';
import { dateOf, dayNumber, knowsYear } from './calendar.ts';
import { guardText, type GuardText } from './guard-text.ts';
import { unfilledParties } from './organisation.ts';
import { readPhone } from './phone.ts';
import { dateAt, type DutySpan, dutySpans } from './roster.ts';
import { ROLES, type Role, type Roster } from './roster-schema.ts';
import type { Body, Organisation, Person } from './schema.ts';
import { idleSides, instantAt } from './watch.ts';

/** What a roster guard looks for, in the order in which it is told. */
export const GUARD_CODES = [
  'gap',
  'leaderGap',
  'unreachable',
  'doubleBooked',
  'unfilledParty',
  'noEmail',
  'malformedEmail',
  'noPhone',
  'malformedPhone',
  'failingContact',
  'idleSwap',
  'unknownHolidays',
] as const;

export type GuardCode = (typeof GUARD_CODES)[number];

/** Something to mend before it is needed. It blocks nothing: where nobody is on duty, a body's contacts are told. */
export interface RosterFinding {
  code: GuardCode;
  /** The body's id; null when it is not about one body. */
  body: string | null;
  /** The person's id; null when it is not about one person. */
  person: string | null;
  /** When it matters: UTC instants, `to` not included. */
  from: Instant;
  to: Instant;
  text: GuardText;
}

/** What is looked at: rosters and people, the plan whose parties they fill, and how far ahead, in days of 24 hours. */
export interface Guarded {
  organisation: Organisation;
  plan: Plan;
  from: Instant;
  days: number;
}

/** Looks ahead for what would leave a duty without anybody to tell; by code, then by time. Pure. */
export function guardRosters({ organisation, plan, from, days }: Guarded): RosterFinding[] {
  const window = { from, to: plus(from, days * 86_400_000) };
  const rosters = organisation.bodies
    .filter(({ roster }) => roster)
    .map((body) => ({ body, spans: dutySpans(organisation, body, window.from, window.to) }));
  return [
    ...rosters.flatMap(gapsOf),
    ...doubleBookings(rosters),
    ...unfilled(organisation, plan, window),
    ...organisation.people.flatMap((person) => withoutContact(organisation, rosters, person, window)),
    ...rosters.flatMap(({ body }) => idleSwaps(organisation, body, window)),
    ...(rosters.length > 0 ? unknownYears(organisation, window) : []),
  ].sort((a, b) => GUARD_CODES.indexOf(a.code) - GUARD_CODES.indexOf(b.code) || toMs(a.from) - toMs(b.from));
}

interface Window {
  from: Instant;
  to: Instant;
}

interface BodySpans {
  body: Body;
  spans: DutySpan[];
}

function gapsOf({ body, spans }: BodySpans): RosterFinding[] {
  const roles = rolesOf(body.roster!);
  const lacking = (role: Role) => spans.filter(({ onDuty }) => !onDuty.some(({ as }) => as === role));
  const told = spans.filter(({ onDuty }) => onDuty.some(({ person }) => person.email !== undefined));
  const untold = spans.filter((span) => span.onDuty.length > 0 && !told.includes(span));
  const found = (code: GuardCode, windows: Window[]) =>
    merged(windows).map((when) => finding({ code, body: body.id, ...when }, { body: body.name }));
  return [
    ...(roles.includes('officer') ? found('gap', lacking('officer')) : []),
    ...(roles.includes('dutyLeader') ? found('leaderGap', lacking('dutyLeader')) : []),
    ...found('unreachable', untold),
  ];
}

/** The roles that a roster is for: one for leaders alone has no officers to miss. */
const rolesOf = ({ rotations, dated, overrides }: Roster): Role[] =>
  ROLES.filter((role) => [...rotations, ...dated, ...overrides].some(({ as }) => as === role));

function doubleBookings(rosters: BodySpans[]): RosterFinding[] {
  return rosters.flatMap((one, i) =>
    rosters
      .slice(i + 1)
      .flatMap((other) =>
        peopleOnDuty(one).flatMap((person) =>
          shared(dutyOf(one, person), dutyOf(other, person)).map((when) =>
            finding(
              { code: 'doubleBooked', body: one.body.id, person: person.id, ...when },
              { body: one.body.name, other: other.body.name, person: person.name },
            ),
          ),
        ),
      ),
  );
}

const peopleOnDuty = ({ spans }: BodySpans): Person[] => [
  ...new Set(spans.flatMap(({ onDuty }) => onDuty.map(({ person }) => person))),
];

const dutyOf = ({ spans }: BodySpans, person: Person): Window[] =>
  merged(spans.filter(({ onDuty }) => onDuty.some((one) => one.person.id === person.id)));

const shared = (some: Window[], others: Window[]): Window[] =>
  some.flatMap((a) =>
    others
      .map((b) => ({ from: later(a.from, b.from), to: earlier(a.to, b.to) }))
      .filter(({ from, to }) => toMs(from) < toMs(to)),
  );

const later = (a: Instant, b: Instant): Instant => (toMs(a) > toMs(b) ? a : b);
const earlier = (a: Instant, b: Instant): Instant => (toMs(a) < toMs(b) ? a : b);

/** Times that meet become one. They come in order. */
const merged = (windows: Window[]): Window[] =>
  windows.reduce<Window[]>((before, { from, to }) => {
    const last = before.at(-1);
    return last?.to === from ? [...before.slice(0, -1), { from: last.from, to }] : [...before, { from, to }];
  }, []);

function unfilled(organisation: Organisation, plan: Plan, window: Window): RosterFinding[] {
  const nameOf = (id: string) => organisation.bodies.find((body) => body.id === id)!.name;
  return unfilledParties(plan, organisation).map(({ name, offices }) =>
    finding({ code: 'unfilledParty', ...window }, { party: name, offices: offices.map(nameOf).join('、') }),
  );
}

function withoutContact(
  organisation: Organisation,
  rosters: BodySpans[],
  person: Person,
  window: Window,
): RosterFinding[] {
  const bodies = organisation.bodies.filter((body) => peopleOf(body).includes(person.id));
  if (bodies.length === 0) return [];
  const duty = rosters
    .flatMap((one) => dutyOf(one, person).map((when) => ({ body: one.body, ...when })))
    .sort((a, b) => toMs(a.from) - toMs(b.from))[0];
  const { body, from, to } = duty ?? { body: bodies[0]!, ...window };
  return contactMistakes(person).map((code) =>
    finding({ code, body: body.id, person: person.id, from, to }, { body: body.name, person: person.name }),
  );
}

function contactMistakes({ email, phone }: Person): GuardCode[] {
  const found: GuardCode[] = [];
  if (email === undefined) found.push('noEmail');
  else if (!z.email().safeParse(email).success) found.push('malformedEmail');
  if (phone === undefined) found.push('noPhone');
  else if (!readPhone(phone)) found.push('malformedPhone');
  return found;
}

/** Findings for people whom the last messages did not reach by some way; those that nobody may tell are left out. */
export function failingContacts(
  organisation: Organisation,
  failing: readonly { person: string; channel: string }[],
  { from, days }: Pick<Guarded, 'from' | 'days'>,
): RosterFinding[] {
  const window = { from, to: plus(from, days * 86_400_000) };
  return failing.flatMap(({ person: id, channel }) => {
    const person = organisation.people.find((one) => one.id === id);
    const body = organisation.bodies.find((one) => peopleOf(one).includes(id));
    if (!person || !body) return [];
    return finding(
      { code: 'failingContact', body: body.id, person: id, ...window },
      { body: body.name, person: person.name, channel },
    );
  });
}

function idleSwaps(organisation: Organisation, body: Body, window: Window): RosterFinding[] {
  return datesIn(window).flatMap((date) =>
    idleSides(organisation, body, date).map(({ person: id }) => {
      const person = organisation.people.find((one) => one.id === id)!;
      return finding(
        { code: 'idleSwap', body: body.id, person: id, ...dayFrom(date) },
        { body: body.name, person: person.name },
      );
    }),
  );
}

/** Until the next year's holidays are published, a roster takes them for workdays. */
function unknownYears({ calendar }: Organisation, window: Window): RosterFinding[] {
  const years = new Set(datesIn(window).map((date) => date.slice(0, 4)));
  return [...years]
    .filter((year) => !knowsYear(calendar, year))
    .map((year) =>
      finding(
        {
          code: 'unknownHolidays',
          from: later(window.from, instantAt(`${year}-01-01 00:00`)),
          to: window.to,
        },
        { year },
      ),
    );
}

function datesIn({ from, to }: Window): string[] {
  const [first, last] = [dayNumber(dateAt(from)), dayNumber(dateAt(plus(to, -1)))];
  return Array.from({ length: last - first + 1 }, (_, i) => dateOf(first + i));
}

const dayFrom = (date: string): Window => ({
  from: instantAt(`${date} 00:00`),
  to: instantAt(`${dateOf(dayNumber(date) + 1)} 00:00`),
});

const finding = (
  found: Partial<RosterFinding> & Pick<RosterFinding, 'code' | 'from' | 'to'>,
  names: Record<string, string>,
): RosterFinding => ({ body: null, person: null, ...found, text: guardText(found, names) });
