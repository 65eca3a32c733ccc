import { type Instant, plus, toMs } from '../incident/instant.ts';
import type { Plan } from '../plan/load.ts';
import { dateOf, dayNumber, knowsYear } from './calendar.ts';
import { withoutContact } from './contact-guard.ts';
import { type BodySpans, dutyOf, later, merged, peopleOnDuty, shared } from './duty-windows.ts';
import { finding, GUARD_CODES, type GuardCode, type RosterFinding, type Window } from './guard-finding.ts';
import { type MethodName, triesOf } from './methods.ts';
import { unfilledParties } from './organisation.ts';
import { dateAt, dutySpans, type OnDuty } from './roster.ts';
import { ROLES, type Role, type Roster } from './roster-schema.ts';
import type { Body, Organisation } from './schema.ts';
import { idleSides, instantAt } from './watch.ts';

/** What is looked at: rosters and people, the plan whose parties they fill, and how far ahead, in days of 24 hours. */
export interface Guarded {
  organisation: Organisation;
  plan: Plan;
  /** The methods that this deployment has channels for: nobody is reached by another. */
  served: readonly MethodName[];
  from: Instant;
  days: number;
}

/** Looks ahead for what would leave a duty without anybody to tell; by code, then by time. Pure. */
export function guardRosters({ organisation, plan, served, from, days }: Guarded): RosterFinding[] {
  const window = { from, to: plus(from, days * 86_400_000) };
  const rosters = organisation.bodies
    .filter(({ roster }) => roster)
    .map((body) => ({ body, spans: dutySpans(organisation, body, window.from, window.to) }));
  return [
    ...rosters.flatMap((one) => gapsOf(one, organisation, served)),
    ...doubleBookings(rosters),
    ...unfilled(organisation, plan, served, window),
    ...organisation.people.flatMap((person) =>
      withoutContact({ organisation, served, rosters, window }, person),
    ),
    ...rosters.flatMap(({ body }) => idleSwaps(organisation, body, window)),
    ...(rosters.length > 0 ? unknownYears(organisation, window) : []),
  ].sort((a, b) => GUARD_CODES.indexOf(a.code) - GUARD_CODES.indexOf(b.code) || toMs(a.from) - toMs(b.from));
}

function gapsOf(
  { body, spans }: BodySpans,
  { methods }: Organisation,
  served: readonly MethodName[],
): RosterFinding[] {
  const roles = rolesOf(body.roster!);
  const isReached = ({ person }: OnDuty) => triesOf(person, served, [body.methods, methods]).length > 0;
  const untold = spans.filter(({ onDuty }) => onDuty.length > 0 && !onDuty.some(isReached));
  const found = (code: GuardCode, windows: Window[]) =>
    merged(windows).map((when) => finding({ code, body: body.id, ...when }, { body: body.name }));
  return [
    ...(roles.includes('officer') ? found('gap', lacking(spans, 'officer')) : []),
    ...(roles.includes('dutyLeader') ? found('leaderGap', lacking(spans, 'dutyLeader')) : []),
    ...found('unreachable', untold),
  ];
}

const lacking = (spans: BodySpans['spans'], role: Role) =>
  spans.filter(({ onDuty }) => !onDuty.some(({ as }) => as === role));

/** The times in which a body's roster has nobody for a role that it is for, in order. None without a roster. Pure. */
export function unmannedTimes(organisation: Organisation, body: Body, { from, to }: Window) {
  if (!body.roster) return [];
  const spans = dutySpans(organisation, body, from, to);
  return rolesOf(body.roster)
    .flatMap((as) => merged(lacking(spans, as)).map((when) => ({ as, from: when.from, to: when.to })))
    .toSorted((a, b) => toMs(a.from) - toMs(b.from));
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

function unfilled(
  organisation: Organisation,
  plan: Plan,
  served: readonly MethodName[],
  window: Window,
): RosterFinding[] {
  const nameOf = (id: string) => organisation.bodies.find((body) => body.id === id)!.name;
  return unfilledParties(plan, organisation, served).map(({ name, offices }) =>
    finding({ code: 'unfilledParty', ...window }, { party: name, offices: offices.map(nameOf).join('、') }),
  );
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
