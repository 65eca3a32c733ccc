import { dateOf, type Day, type DayKind, dayNumber, dayOf, weekdayOf } from './calendar.ts';
import { ROLES, type Calendar, type Role, type Rotation } from './roster-schema.ts';

/** Whose turn a shift is. */
export interface Turn {
  as: Role;
  shift: string;
  people: string[];
}

/** Whose turn it is on a day, role by role. */
export const turnsOn = (rotations: Rotation[], day: Day, calendar: Calendar | undefined): Turn[] =>
  ROLES.flatMap((as) => {
    const ofRole = rotations.filter((rotation) => rotation.as === as);
    return inForce(ofRole, day).map((rotation) => ({
      as,
      shift: rotation.shift,
      people: rotation.turns[turnNumber(rotation, ofRole, day, calendar)]!,
    }));
  });

/** A 调休 workday without an order of its own is a workday, a holiday without one a weekend's day. */
const ELSE: Partial<Record<DayKind, DayKind>> = { shiftedWorkday: 'workday', holiday: 'weekend' };

/** The rotations of one role that hold on a day: those for its sort of day, else those for all days. */
function inForce(ofRole: Rotation[], { date, kind }: Day): Rotation[] {
  const current = ofRole.filter(({ from, until }) => from <= date && (until === undefined || date <= until));
  for (const wanted of [kind, ELSE[kind]]) {
    const named = current.filter(({ on }) => wanted !== undefined && on?.includes(wanted));
    if (named.length > 0) return named;
  }
  return current.filter(({ on }) => on === undefined);
}

function turnNumber(
  rotation: Rotation,
  ofRole: Rotation[],
  day: Day,
  calendar: Calendar | undefined,
): number {
  const [first, today] = [dayNumber(rotation.from), dayNumber(day.date)];
  if (rotation.every === 'weekday') return weekdayOf(today) - 1;
  const count =
    rotation.every === 'week'
      ? Math.floor((today - first) / 7)
      : daysOf(rotation, ofRole, first, today, calendar);
  return count % rotation.turns.length;
}

/** How many days a rotation has held before `today`: a turn that meets no day of its own is not lost. */
function daysOf(
  rotation: Rotation,
  ofRole: Rotation[],
  first: number,
  today: number,
  calendar: Calendar | undefined,
): number {
  let count = 0;
  for (let day = first; day < today; day++) {
    if (inForce(ofRole, dayOf(calendar, dateOf(day))).includes(rotation)) count++;
  }
  return count;
}
