import { DateTime } from 'luxon';
import { z } from 'zod';
import { SHOWN_TIME_ZONE, toInstant, type Instant } from '../incident/instant.ts';
import { Problem } from './problem.ts';
import { sought } from './schemas.ts';

const day = z.iso.date();

/** Days of Asia/Shanghai, both included, by when a report was received; and one office. */
export const periodQuery = z.object({
  from: day.optional().describe('First day, Asia/Shanghai; left out: the first of this year'),
  to: day.optional().describe('Last day, included; left out: today'),
  office: sought,
});

export interface Period {
  from: string;
  to: string;
  /** The instants that they begin and end at; `until` is not part of it. */
  since: Instant;
  until: Instant;
}

const MAX_DAYS = 3_660;

/** The days asked for as instants. Throws 422 `INVALID_PERIOD`. */
export function periodOf({ from, to }: z.infer<typeof periodQuery>): Period {
  const today = DateTime.now().setZone(SHOWN_TIME_ZONE).startOf('day');
  const last = to === undefined ? today : DateTime.fromISO(to, { zone: SHOWN_TIME_ZONE });
  const first = from === undefined ? last.startOf('year') : DateTime.fromISO(from, { zone: SHOWN_TIME_ZONE });
  const days = last.diff(first, 'days').days;
  if (!(days >= 0 && days <= MAX_DAYS)) {
    throw new Problem({
      status: 422,
      code: 'INVALID_PERIOD',
      title: '起止日期有误',
      detail: '"from" is not later than "to", and ten years at most lie between them.',
    });
  }
  return {
    from: first.toISODate()!,
    to: last.toISODate()!,
    since: toInstant(first.toMillis()),
    until: toInstant(last.plus({ days: 1 }).toMillis()),
  };
}

/** Times in sheets: 2026-03-04 09:20, Asia/Shanghai. */
export const shownTime = (instant: string | null): string | null => {
  if (instant === null) return null;
  const at = DateTime.fromISO(instant, { zone: SHOWN_TIME_ZONE });
  return at.isValid ? at.toFormat('yyyy-MM-dd HH:mm') : instant;
};
