import { type Instant, toMs } from '../incident/instant.ts';
import { bodyFor, personById } from './bodies.ts';
import { dateOf, type Day, dayNumber, dayOf } from './calendar.ts';
import { ROLES, type Role } from './roster-schema.ts';
import type { Body, Organisation, Person } from './schema.ts';
import {
  hasTimes,
  inOrder,
  instantAt,
  localTime,
  type Reason,
  replaced,
  type Watch,
  watchesOn,
} from './watch.ts';

/** Somebody on duty, and why. */
export interface OnDuty {
  person: Person;
  as: Role;
  /** The shift's name, e.g. 夜班; null for somebody put in where there is no shift. */
  shift: string | null;
  /** The day on which the shift began, or on which somebody without one is on duty. */
  day: Day;
  why: Reason;
}

/** A body by its id, or a party for the incidents of an office. */
export type BodyOrParty = { body: string } | { party: string; office: string };

/** A time in which the same people are on duty, from `from` up to but not including `to`. */
export interface DutySpan {
  from: Instant;
  to: Instant;
  onDuty: OnDuty[];
}

/**
 * Who is on duty at an instant, in the order in which they are told: officers, then duty leaders. Nobody when the body has
 * no roster, nobody stands in it for that time, or there is no such body.
 */
export function onDutyAt(organisation: Organisation, of: BodyOrParty, instant: Instant): OnDuty[] {
  const body =
    'body' in of
      ? organisation.bodies.find(({ id }) => id === of.body)
      : bodyFor(organisation, of.party, of.office);
  return body ? onDutyOf(organisation, body, instant) : [];
}

/** Who is on duty for a body, as {@link onDutyAt}. */
export function onDutyOf(organisation: Organisation, body: Body, instant: Instant): OnDuty[] {
  if (!body.roster) return [];
  const now = inOrder(
    watchesAround(organisation, body, instant, instant).filter((one) => covers(one, instant)),
  );
  return ROLES.flatMap((as) => {
    const ofRole = now.filter((one) => one.as === as).flatMap((one) => namesIn(body, one));
    return once(overridden(organisation, body, as, instant, ofRole));
  }).map(({ person, ...rest }) => ({ person: personById(organisation, person)!, ...rest }));
}

/** Who is on duty for a body from one instant to another, span by span without holes; a gap is a span with nobody. */
export function dutySpans(organisation: Organisation, body: Body, from: Instant, to: Instant): DutySpan[] {
  const changes = [
    ...watchesAround(organisation, body, from, to),
    ...(body.roster?.overrides.filter(hasTimes) ?? []).map(inInstants),
  ].flatMap((one) => [one.from, one.to]);
  const cuts = [...new Set([from, ...changes.filter((at) => from < at && at < to)])].toSorted();
  return cuts
    .map((at, i) => ({ from: at, to: cuts[i + 1] ?? to, onDuty: onDutyOf(organisation, body, at) }))
    .reduce(joined, []);
}

/** The date in Asia/Shanghai at an instant. */
export const dateAt = (instant: Instant): string => localTime(instant).slice(0, 10);

type Named = Omit<OnDuty, 'person'> & { person: string };

const namesIn = ({ roster }: Body, { as, shift, day, people }: Watch): Named[] =>
  people.map((one) => ({ ...one, as, shift: roster!.shifts[shift]!.name, day }));

/** A shift lasts a day at most: who is on duty came on the date or on the one before. */
function watchesAround(organisation: Organisation, body: Body, from: Instant, to: Instant): Watch[] {
  const first = dayNumber(dateAt(from)) - 1;
  const dates = Array.from({ length: dayNumber(dateAt(to)) - first + 1 }, (_, i) => dateOf(first + i));
  return dates.flatMap((date) => watchesOn(organisation, body, date));
}

const covers = ({ from, to }: { from: Instant; to: Instant }, instant: Instant): boolean =>
  toMs(from) <= toMs(instant) && toMs(instant) < toMs(to);

const inInstants = ({ from, to }: { from: string; to: string }) => ({
  from: instantAt(from),
  to: instantAt(to),
});

function overridden(
  { calendar }: Organisation,
  { roster }: Body,
  as: Role,
  instant: Instant,
  people: Named[],
): Named[] {
  const now = localTime(instant);
  const day = dayOf(calendar, dateAt(instant));
  return roster!.overrides
    .filter((one) => one.as === as && hasTimes(one) && one.from <= now && now < one.to)
    .reduce((before, one) => {
      const shift = before[0]?.shift ?? null;
      return replaced(before, one, (person) => ({ person, as, shift, day, why: 'override' }));
    }, people);
}

const once = (people: Named[]): Named[] =>
  people.filter(({ person }, i) => people.findIndex((other) => other.person === person) === i);

/** A cut at which nothing changes is none. */
function joined(spans: DutySpan[], next: DutySpan): DutySpan[] {
  const last = spans.at(-1);
  const same = last && JSON.stringify(last.onDuty) === JSON.stringify(next.onDuty);
  return same ? [...spans.slice(0, -1), { ...last, to: next.to }] : [...spans, next];
}
