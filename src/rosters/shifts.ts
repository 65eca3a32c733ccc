import { dayNumber } from '../people/calendar.ts';
import type { DatedTurn, Roster } from '../people/roster-schema.ts';
import { LEADING, type NamedShift, WHOLE_DAY } from './columns.ts';

export type Shifts = Roster['shifts'];

/** What shifts are called and when they are, where neither the sheet nor the body's roster says it. */
const STANDARD: Record<string, { key: string; from: string; to: string }> = {
  白班: { key: 'day', from: '08:30', to: '17:30' },
  夜班: { key: 'night', from: '17:30', to: '08:30' },
  [WHOLE_DAY]: { key: 'whole', from: '08:30', to: '08:30' },
  [LEADING]: { key: 'lead', from: '08:30', to: '08:30' },
};

/**
 * Collects the shifts that a sheet names. A shift is one that the body has under this name (at these hours, where the sheet states
 * some), else a new one at the sheet's hours or, said in `assumed`, at the usual ones. `keyOf` gives null where nobody knows when it is.
 */
export function shiftBook(known: Shifts): {
  shifts: Shifts;
  assumed: string[];
  keyOf(shift: NamedShift): string | null;
} {
  const shifts: Shifts = {};
  const assumed: string[] = [];
  const add = (wanted: string, shift: Shifts[string]): string => {
    const key = freeKey(wanted, { ...known, ...shifts });
    shifts[key] = shift;
    return key;
  };
  return {
    shifts,
    assumed,
    keyOf({ name, hours }) {
      const found = Object.entries({ ...shifts, ...known }).find(
        ([, shift]) =>
          plain(shift.name) === plain(name) &&
          (hours === null || (shift.from === hours.from && shift.to === hours.to)),
      );
      if (found) {
        shifts[found[0]] = found[1];
        return found[0];
      }
      const standard = Object.hasOwn(STANDARD, name) ? STANDARD[name]! : null;
      if (hours) return add(standard?.key ?? 'shift', { name, ...hours });
      if (!standard) return null;
      assumed.push(`“${name}”按 ${standard.from} 至 ${standard.to} 计`);
      return add(standard.key, { name, from: standard.from, to: standard.to });
    },
  };
}

const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '');

function freeKey(wanted: string, taken: Shifts): string {
  for (let nr = 1; ; nr++) {
    const key = nr === 1 ? wanted : `${wanted}${nr}`;
    if (!Object.hasOwn(taken, key)) return key;
  }
}

const DAY_MINUTES = 24 * 60;
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The turns with people in them that begin before an earlier one of their role has ended, each with that one. */
export function overlaps<T extends DatedTurn>(turns: T[], shifts: Shifts): [later: T, earlier: T][] {
  return ['officer', 'dutyLeader'].flatMap((role) => {
    const spans = turns
      .filter(({ as, people }) => as === role && people.length > 0)
      .map((turn) => ({ turn, ...spanOf(turn, shifts) }))
      .sort((a, b) => a.from - b.from || a.to - b.to);
    const found: [T, T][] = [];
    let last: (typeof spans)[number] | null = null;
    for (const span of spans) {
      if (last && span.from < last.to) found.push([span.turn, last.turn]);
      if (!last || span.to > last.to) last = span;
    }
    return found;
  });
}

function spanOf({ date, shift }: DatedTurn, shifts: Shifts): { from: number; to: number } {
  const { from, to } = shifts[shift]!;
  const midnight = dayNumber(date) * DAY_MINUTES;
  const next = to > from ? 0 : DAY_MINUTES;
  return { from: midnight + minutes(from), to: midnight + minutes(to) + next };
}
