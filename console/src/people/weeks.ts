/** Dates as the roster has them, e.g. `2026-11-23`: whole days of Asia/Shanghai, counted without any time zone of the device. */

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** The date in Asia/Shanghai at a time in milliseconds. */
export const dateAt = (ms: number): string => new Date(ms + SHANGHAI_MS).toISOString().slice(0, 10);

/** A date some days later, or earlier. */
export const daysOn = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

/** Monday 0 to Sunday 6. */
export const weekdayOf = (date: string): number => (new Date(date).getUTCDay() + 6) % 7;

/** The Monday of a date's week. */
export const mondayOf = (date: string): string => daysOn(date, -weekdayOf(date));

/** The instant at which a date begins, in milliseconds. */
export const startOf = (date: string): number => Date.parse(date) - SHANGHAI_MS;
