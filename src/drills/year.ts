import { DateTime } from 'luxon';
import { SHOWN_TIME_ZONE, toMs, type Instant } from '../incident/instant.ts';
import type { DrillStatus } from './order.ts';

/** A drill at an office, as the yearly duty sees it. */
export interface OfficeDrill {
  id: string;
  office: string;
  title: string;
  drillStatus: DrillStatus;
  /** How it stands at this office; null while it is a draft. */
  status: string | null;
  startsAt: Instant;
}

/**
 * How an office stands to 七, at least once a year.
 * - `done`: as many as the plan asks for were held and scored
 * - `planned`: one lies ahead, or was held and is not scored yet
 * - `open`: none, and the year is not over
 * - `overdue`: the year is over
 */
export type YearState = 'done' | 'planned' | 'open' | 'overdue';

export interface OfficeYear {
  office: string;
  state: YearState;
  done: number;
  needed: number;
  drills: OfficeDrill[];
}

/** The year in China that an instant lies in. */
export const yearAt = (at: Instant): number => DateTime.fromISO(at, { zone: SHOWN_TIME_ZONE }).year;

/** Every office's year, in the order given. Pure: `now` is an argument. */
export const officeYears = (at: {
  year: number;
  now: Instant;
  offices: string[];
  needed: number;
  drills: OfficeDrill[];
}): OfficeYear[] =>
  at.offices.map((office) => {
    const own = at.drills.filter((each) => each.office === office && yearAt(each.startsAt) === at.year);
    const done = own.filter(isDone).length;
    const state = stateOf({ done, ahead: own.some((each) => isAhead(each, at.now)), ...at });
    return { office, state, done, needed: at.needed, drills: own };
  });

const isDone = ({ status, drillStatus }: OfficeDrill): boolean =>
  status === 'ended' && (drillStatus === 'scored' || drillStatus === 'summarised');

const isAhead = ({ status, drillStatus, startsAt }: OfficeDrill, now: Instant): boolean =>
  ['draft', 'approved'].includes(drillStatus)
    ? toMs(startsAt) > toMs(now)
    : ['running', 'ended'].includes(drillStatus) && (status === 'running' || status === 'ended');

function stateOf(at: {
  year: number;
  now: Instant;
  done: number;
  needed: number;
  ahead: boolean;
}): YearState {
  if (at.done >= at.needed) return 'done';
  if (yearAt(at.now) > at.year) return 'overdue';
  return at.ahead ? 'planned' : 'open';
}
