import { DateTime } from 'luxon';
import { type Instant, SHOWN_TIME_ZONE, toInstant } from '../incident/instant.ts';
import { dateOf, type Day, dayNumber, dayOf } from './calendar.ts';
import { ROLES, type Override, type Role, type Roster, type Swap, type SwapSide } from './roster-schema.ts';
import { turnsOn } from './rotation.ts';
import type { Body, Organisation } from './schema.ts';

/** Why somebody has duty: in turn, in the turn of a holiday or 调休 workday, by a sheet of dates, put in by an override, or by a swap. */
export type Reason = 'rotation' | 'holiday' | 'shiftedWorkday' | 'dated' | 'override' | 'swap';

/** A person's id, and why. */
export interface Assigned {
  person: string;
  why: Reason;
}

/** One shift of one date, from `from` up to but not including `to`. Nobody in it is a gap. */
export interface Watch {
  as: Role;
  /** A key of the roster's shifts. */
  shift: string;
  day: Day;
  from: Instant;
  to: Instant;
  people: Assigned[];
}

/** The watches that begin on a date, without overrides that have times: those cut through watches. */
export function watchesOn(organisation: Organisation, body: Body, date: string): Watch[] {
  if (!body.roster) return [];
  const known = memory(body.roster, organisation);
  const watches = known.get(date) ?? computed(body.roster, dayOf(organisation.calendar, date), organisation);
  known.set(date, watches);
  return watches;
}

/** The instant of a time in Asia/Shanghai, e.g. `2026-10-01 20:00`. */
export const instantAt = (localTime: string): Instant =>
  toInstant(DateTime.fromSQL(localTime, { zone: SHOWN_TIME_ZONE }).toMillis());

/** The time in Asia/Shanghai at an instant, as {@link instantAt} takes it. */
export const localTime = (instant: Instant): string =>
  DateTime.fromISO(instant, { zone: SHOWN_TIME_ZONE }).toFormat('yyyy-MM-dd HH:mm');

/** Whether an override cuts by times, and not by the dates of shifts. */
export const hasTimes = (override: Override): boolean => override.from.includes(' ');

/** An override's people, in place of those whom it replaces. */
export function replaced<T extends { person: string }>(
  people: T[],
  { instead, people: others }: Override,
  put: (person: string) => T,
): T[] {
  if (instead === undefined) return others.map(put);
  return people.flatMap((one) => (one.person === instead ? others.map(put) : [one]));
}

// A rotation is counted from its first day on, which a burst of alarms must not do for each message. Kept by the roster and
// not by the organisation: an organisation may be live, and a roster that changes is another object.
const memories = new WeakMap<Roster, { calendar: unknown; watches: Map<string, Watch[]> }>();

function memory(roster: Roster, { calendar }: Organisation): Map<string, Watch[]> {
  const known = memories.get(roster);
  if (known && known.calendar === calendar) return known.watches;
  const watches = new Map<string, Watch[]>();
  memories.set(roster, { calendar, watches });
  return watches;
}

const computed = (roster: Roster, day: Day, organisation: Organisation): Watch[] =>
  roster.swaps.reduce(withSwap, beforeSwaps(roster, day, organisation));

function beforeSwaps(roster: Roster, day: Day, { calendar }: Organisation): Watch[] {
  const dated = roster.dated.filter(({ date }) => date === day.date);
  const inTurn = turnsOn(roster.rotations, day, calendar)
    .filter(({ as }) => !dated.some((one) => one.as === as))
    .map(({ as, shift, people }): Watch => {
      const why = day.kind === 'holiday' || day.kind === 'shiftedWorkday' ? day.kind : 'rotation';
      return watch(
        roster,
        { as, shift, day },
        people.map((person) => ({ person, why })),
      );
    });
  const byDate = dated.map(({ as, shift, people }) =>
    watch(
      roster,
      { as, shift, day },
      people.map((person) => ({ person, why: 'dated' })),
    ),
  );
  return roster.overrides
    .filter((override) => !hasTimes(override) && override.from <= day.date && day.date <= override.to)
    .reduce((watches, override) => withOverride(roster, day, watches, override), [...inTurn, ...byDate]);
}

function watch(
  { shifts }: Roster,
  { as, shift, day }: Pick<Watch, 'as' | 'shift' | 'day'>,
  people: Assigned[],
): Watch {
  const { from, to } = shifts[shift]!;
  const end = to > from ? day.date : dateOf(dayNumber(day.date) + 1);
  return {
    as,
    shift,
    day,
    from: instantAt(`${day.date} ${from}`),
    to: instantAt(`${end} ${to}`),
    people,
  };
}

function withOverride(roster: Roster, day: Day, watches: Watch[], override: Override): Watch[] {
  const { as, shift, instead, people } = override;
  const put = (person: string): Assigned => ({ person, why: 'override' });
  const meant = (one: Watch) => one.as === as && (shift === undefined || one.shift === shift);
  // A shift that no rotation has on this date: a roster may be a list of dates and nothing else.
  if (shift !== undefined && instead === undefined && !watches.some(meant))
    return [...watches, watch(roster, { as, shift, day }, people.map(put))];
  return watches.map((one) => (meant(one) ? { ...one, people: replaced(one.people, override, put) } : one));
}

const withSwap = (watches: Watch[], swap: Swap): Watch[] =>
  watches.map((one) => ({ ...one, people: one.people.map((assigned) => swapped(one, assigned, swap)) }));

/** The sides of swaps that have no duty on a date to give away. */
export function idleSides(organisation: Organisation, { roster }: Body, date: string): SwapSide[] {
  if (!roster) return [];
  let watches = beforeSwaps(roster, dayOf(organisation.calendar, date), organisation);
  return roster.swaps.flatMap((swap) => {
    const had = watches;
    watches = withSwap(watches, swap);
    return swap.between.filter((side) => side.on === date && !had.some((one) => hasSide(one, side)));
  });
}

const hasSide = (one: Watch, side: SwapSide): boolean =>
  one.people.some(({ person }) => isSideOf(one, person, side));

const isSideOf = ({ shift, day }: Watch, person: string, side: SwapSide): boolean =>
  side.person === person && side.on === day.date && (side.shift === undefined || side.shift === shift);

function swapped(one: Watch, assigned: Assigned, { between }: Swap): Assigned {
  const side = between.findIndex((given) => isSideOf(one, assigned.person, given));
  return side < 0 ? assigned : { person: between[1 - side]!.person, why: 'swap' };
}

/** Watches in the order in which their people are told: officers before leaders, who came last first. */
export const inOrder = (watches: Watch[]): Watch[] =>
  watches.toSorted((a, b) => ROLES.indexOf(a.as) - ROLES.indexOf(b.as) || b.from.localeCompare(a.from));
