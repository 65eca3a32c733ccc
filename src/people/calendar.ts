import { createRequire } from 'node:module';
import type { Calendar } from './roster-schema.ts';

/** What sort of day it is: a 调休 workday (`shiftedWorkday`) is a weekend's day on which everybody works. */
export type DayKind = 'workday' | 'weekend' | 'holiday' | 'shiftedWorkday';

/** A date, e.g. `2026-10-01`, what sort of day it is, and the holiday it belongs to, e.g. 国庆节. */
export interface Day {
  date: string;
  kind: DayKind;
  name: string | null;
}

/**
 * The State Council's arrangement of each year, kept by `chinese-days`. Only its table is used: its functions read the
 * process's time zone and are a day off west of Greenwich.
 */
const published = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as {
  holidays: Record<string, string>;
  workdays: Record<string, string>;
};

/** What sort of day a date is. The organisation's own calendar goes before the published one. */
export function dayOf(own: Calendar | undefined, date: string): Day {
  const tables = [own, published];
  for (const table of tables) {
    const [holiday, workday] = [table?.holidays[date], table?.workdays[date]];
    if (holiday !== undefined) return { date, kind: 'holiday', name: chineseName(holiday) };
    if (workday !== undefined) return { date, kind: 'shiftedWorkday', name: chineseName(workday) };
  }
  return { date, kind: weekdayOf(dayNumber(date)) > 5 ? 'weekend' : 'workday', name: null };
}

/** Whether anybody has said which days of a year are holidays. Each November the next year's are published. */
export const knowsYear = (own: Calendar | undefined, year: string): boolean =>
  [own, published].some((table) =>
    Object.keys(table?.holidays ?? {}).some((date) => date.startsWith(`${year}-`)),
  );

const DAY_MS = 86_400_000;

/** A date as a number of days, for counting. */
export const dayNumber = (date: string): number => Date.parse(date) / DAY_MS;

/** The date of a {@link dayNumber}. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Monday 1 to Sunday 7, of a {@link dayNumber}. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((day + 3) % 7) + 1;

/** `National Day,国庆节,3` is 国庆节; what a bureau writes stands as it is. */
const chineseName = (name: string): string => name.split(',')[1] ?? name;
