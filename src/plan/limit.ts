import { Duration } from 'luxon';
import type { Limit } from './part.ts';

/** What a limit has to look like, for error messages. */
export const LIMIT_FORM =
  'an ISO 8601 duration in weeks, days, hours, minutes or seconds, longer than 0 and at most 366 days, e.g. PT10M or P1D';

const LONGEST_MS = 366 * 24 * 3_600_000;

/**
 * Reads a limit: an ISO 8601 duration in calendar time, a day being 24 hours. Years and months have no fixed length
 * and are refused, as is anything negative, zero, below a millisecond or above 366 days. Throws `RangeError` saying what is wrong.
 */
export function parseLimit(iso: string): Limit {
  const duration = Duration.fromISO(iso);
  if (!duration.isValid) throw new RangeError('is not an ISO 8601 duration');
  const { years, months, quarters } = duration.toObject();
  if (years || months || quarters)
    throw new RangeError('counts in years or months, which have no fixed length');
  const ms = Math.round(duration.toMillis());
  if (iso.includes('-') || ms <= 0) throw new RangeError('is not longer than 0');
  if (ms > LONGEST_MS) throw new RangeError('is longer than 366 days');
  return { iso, ms };
}
