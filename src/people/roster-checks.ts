import { suggestion } from '../plan/nearest.ts';
import { entriesOf, fieldOf, itemsOf, repeated } from '../plan/raw.ts';
import type { Path, Report } from '../plan/yaml-file.ts';
import { MAX_ROTATIONS } from './roster-schema.ts';

/** Finds what a schema cannot see in a roster: references that lead nowhere, shifts that overlap, dates the wrong way round. */
export function checkRoster(roster: unknown, path: Path, people: string[], report: Report): void {
  const known = { people, shifts: entriesOf(fieldOf(roster, 'shifts')).map(([key]) => key) };
  const listed = (name: string): [unknown, Path][] =>
    itemsOf(fieldOf(roster, name)).map((item, i) => [item, [...path, name, i]]);
  for (const [rotation, at] of listed('rotations')) checkRotation(rotation, at, known, report);
  for (const [turn, at] of listed('dated')) checkDated(turn, at, known, report);
  checkDatedOnce(roster, path, report);
  for (const [override, at] of listed('overrides')) checkOverride(override, at, known, report);
  for (const [swap, at] of listed('swaps')) checkSwap(swap, at, known, report);
  checkOverlaps(roster, [...path, 'rotations'], report);
}

/** A date is a holiday or a workday. */
export function checkCalendar(calendar: unknown, report: Report): void {
  const holidays = entriesOf(fieldOf(calendar, 'holidays')).map(([date]) => date);
  for (const [date] of entriesOf(fieldOf(calendar, 'workdays')))
    if (holidays.includes(date))
      report(['calendar', 'workdays', date], 'this date is a holiday above', 'every date once', 'key');
}

interface Known {
  people: string[];
  shifts: string[];
}

const isText = (value: unknown): value is string => typeof value === 'string';

function refer(id: unknown, known: string[], what: string, path: Path, report: Report): void {
  if (!isText(id) || known.length === 0 || known.includes(id)) return;
  report(path, `there is no ${what} "${id.slice(0, 40)}"`, suggestion(id, known));
}

function referAll(ids: unknown, { people }: Known, path: Path, report: Report): void {
  for (const [i, id] of itemsOf(ids).entries()) refer(id, people, 'person', [...path, i], report);
  for (const { index } of repeated(itemsOf(ids)))
    report([...path, index], 'this person stands here already', 'everybody once');
}

function checkRotation(rotation: unknown, path: Path, known: Known, report: Report): void {
  const [from, until] = [fieldOf(rotation, 'from'), fieldOf(rotation, 'until')];
  const turns = itemsOf(fieldOf(rotation, 'turns'));
  refer(fieldOf(rotation, 'shift'), known.shifts, 'shift', [...path, 'shift'], report);
  for (const [i, turn] of turns.entries()) referAll(turn, known, [...path, 'turns', i], report);
  if (isText(from) && isText(until) && until < from)
    report([...path, 'until'], `is before ${from}`, 'the last date, not before the first');
  if (fieldOf(rotation, 'every') === 'weekday' && turns.length !== 7)
    report([...path, 'turns'], `has ${turns.length} turns`, 'seven, Monday to Sunday', 'key');
}

function checkDated(turn: unknown, path: Path, known: Known, report: Report): void {
  refer(fieldOf(turn, 'shift'), known.shifts, 'shift', [...path, 'shift'], report);
  referAll(fieldOf(turn, 'people'), known, [...path, 'people'], report);
}

function checkDatedOnce(roster: unknown, path: Path, report: Report): void {
  const places = itemsOf(fieldOf(roster, 'dated')).map((turn) =>
    [fieldOf(turn, 'date'), fieldOf(turn, 'as') ?? 'officer', fieldOf(turn, 'shift')].join(' '),
  );
  for (const { index } of repeated(places))
    report([...path, 'dated', index], 'this shift of this date stands above', 'every shift of a date once');
}

function checkOverride(override: unknown, path: Path, known: Known, report: Report): void {
  refer(fieldOf(override, 'shift'), known.shifts, 'shift', [...path, 'shift'], report);
  refer(fieldOf(override, 'instead'), known.people, 'person', [...path, 'instead'], report);
  referAll(fieldOf(override, 'people'), known, [...path, 'people'], report);
  const [from, to] = [fieldOf(override, 'from'), fieldOf(override, 'to')];
  if (!isText(from) || !isText(to)) return;
  if (from.length !== to.length)
    report([...path, 'to'], 'is a date where `from` is a time, or the other way', 'two dates or two times');
  else if (to < from || (to === from && from.includes(' ')))
    report([...path, 'to'], `is not after ${from}`, 'the end of it');
  if (from.includes(' ') && fieldOf(override, 'shift') !== undefined)
    report([...path, 'shift'], 'stands beside times', 'two dates, or no shift', 'key');
}

function checkSwap(swap: unknown, path: Path, known: Known, report: Report): void {
  const sides = itemsOf(fieldOf(swap, 'between'));
  for (const [i, side] of sides.entries()) {
    refer(fieldOf(side, 'person'), known.people, 'person', [...path, 'between', i, 'person'], report);
    refer(fieldOf(side, 'shift'), known.shifts, 'shift', [...path, 'between', i, 'shift'], report);
  }
  const [a, b] = sides.map((side) => fieldOf(side, 'person'));
  if (isText(a) && a === b) report([...path, 'between', 1, 'person'], 'swaps with themselves', 'two people');
}

/** Two shifts of one role on one sort of day, at one time: nobody could say which order holds. Several at once are one turn. */
function checkOverlaps(roster: unknown, path: Path, report: Report): void {
  const rotations = itemsOf(fieldOf(roster, 'rotations'));
  // The schema refuses more, and comparing thousands with each other takes minutes.
  if (rotations.length > MAX_ROTATIONS) return;
  for (const [i, later] of rotations.entries()) {
    const before = rotations.slice(0, i).findIndex((one) => overlap(roster, one, later));
    if (before >= 0)
      report([...path, i], `overlaps with rotation ${before + 1} of this list`, 'one rotation for each time');
  }
}

const overlap = (roster: unknown, a: unknown, b: unknown): boolean =>
  (fieldOf(a, 'as') ?? 'officer') === (fieldOf(b, 'as') ?? 'officer') &&
  daysOf(a).some((day) => daysOf(b).includes(day)) &&
  from(a) <= until(b) &&
  from(b) <= until(a) &&
  hoursOf(roster, a).some(([start, end]) => hoursOf(roster, b).some(([s, e]) => start < e && s < end));

const ANY_DAY = 'any';
const daysOf = (rotation: unknown): unknown[] =>
  fieldOf(rotation, 'on') === undefined ? [ANY_DAY] : itemsOf(fieldOf(rotation, 'on'));
const from = (rotation: unknown): string => String(fieldOf(rotation, 'from'));
const until = (rotation: unknown): string => String(fieldOf(rotation, 'until') ?? '9999');

/** The hours of a rotation's shift, in two parts when it goes over midnight; none while they are no times of day. */
function hoursOf(roster: unknown, rotation: unknown): [start: string, end: string][] {
  const shift = fieldOf(fieldOf(roster, 'shifts'), String(fieldOf(rotation, 'shift')));
  const [start, end] = [fieldOf(shift, 'from'), fieldOf(shift, 'to')];
  if (!isText(start) || !isText(end)) return [];
  const parts: [string, string][] =
    end > start
      ? [[start, end]]
      : [
          [start, '24:00'],
          ['00:00', end],
        ];
  return parts;
}
