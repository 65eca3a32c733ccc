import { dateOf, dayNumber, weekdayOf } from '../people/calendar.ts';

/** A date as it was read, or why none was. */
export type ReadDate = { date: string } | { code: 'NO_DATE' | 'NO_SUCH_DATE' | 'NO_YEAR' };

const WITH_YEAR = /^(20\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?(?:0:00(?::00)?|00:00(?::00)?)?$/;
const WITHOUT_YEAR = /^(\d{1,2})[月./](\d{1,2})[日号]?$/;
/** From 2000-01-01 to 2099-12-31, as spreadsheets count days. */
const SERIAL = /^\d{5}(?:\.0+)?$/;
/** The day that spreadsheets number 0, since they take 1900 for a leap year. */
const DAY_ZERO = dayNumber('1899-12-30');

/** Reads 2026年1月1日, 1月1日 (its year from `years`), 2026/1/1, 2026-01-01, or a spreadsheet's number; a weekday behind it is left aside. */
export function readDate(written: string, years: number[]): ReadDate {
  const text = written
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/\(?(星期|周)[一二三四五六日天]\)?$/, '');
  if (SERIAL.test(text)) return existing(dateOf(DAY_ZERO + Math.floor(Number(text))));
  const full = WITH_YEAR.exec(text);
  if (full) return existing([full[1]!, two(full[2]!), two(full[3]!)].join('-'));
  const short = WITHOUT_YEAR.exec(text);
  if (!short) return { code: 'NO_DATE' };
  const year = yearOf(Number(short[1]), years);
  return year === null ? { code: 'NO_YEAR' } : existing([year, two(short[1]!), two(short[2]!)].join('-'));
}

/** The years that a title names: 2026年1月值班表, 2026年12月—2027年1月. */
export const yearsIn = (title: string): number[] => [
  ...new Set([...title.normalize('NFKC').matchAll(/(20\d{2})\s*年/g)].map(([, year]) => Number(year))),
];

/** A sheet over the turn of a year names both: its second half of the year is the first's. */
function yearOf(month: number, [first, second]: number[]): number | null {
  if (first === undefined) return null;
  return second !== undefined && month <= 6 ? second : first;
}

const two = (text: string): string => text.padStart(2, '0');

function existing(date: string): ReadDate {
  const isReal = date.startsWith('20') && !Number.isNaN(dayNumber(date)) && dateOf(dayNumber(date)) === date;
  return isReal ? { date } : { code: 'NO_SUCH_DATE' };
}

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** 星期四 for a date. */
export const weekdayName = (date: string): string => `星期${WEEKDAYS[weekdayOf(dayNumber(date)) - 1]}`;

/** Whether a cell such as 四, 周四, 星期日 or 星期天 names the weekday of a date. Blank says nothing. */
export const fitsWeekday = (written: string, date: string): boolean => {
  const day = written.replace(/\s|星期|周/g, '').replace('天', '日');
  return day === '' || weekdayName(date).endsWith(day);
};
