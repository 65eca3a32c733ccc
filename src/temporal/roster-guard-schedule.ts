import type { Regular } from './regular-schedule.ts';

export const ROSTER_GUARD = 'roster-guard';

/** The duty rosters are looked at each morning. */
export const ROSTER_GUARD_DAILY: Regular = {
  id: ROSTER_GUARD,
  workflowType: 'rosterGuard',
  hour: 8,
  minute: 0,
};
