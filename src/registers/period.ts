import { DateTime, Duration } from 'luxon';

/** What a period has to look like, for messages. */
export const PERIOD_FORM = 'days, weeks or months in ISO 8601, from P1D to P12M, e.g. P30D or P1M';

const LONGEST_DAYS = 366;

/** Whether a text is a period of whole days, weeks or months. Months are the calendar's: only dates are counted here. */
export function isPeriod(iso: string): boolean {
  const duration = Duration.fromISO(iso);
  if (!/^P(\d+M)?(\d+W)?(\d+D)?$/.test(iso) || iso === 'P' || !duration.isValid) return false;
  const days = duration.as('days');
  return days >= 1 && days <= LONGEST_DAYS;
}

/** The date a period after another: the end of a shorter month where it has no such day. */
export const datePlus = (date: string, period: string): string =>
  DateTime.fromISO(date, { zone: 'utc' }).plus(Duration.fromISO(period)).toISODate()!;
