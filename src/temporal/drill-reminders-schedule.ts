import type { Regular } from './regular-schedule.ts';

export const DRILL_REMINDERS = 'drill-reminders';

/** The yearly drills are looked at on the first of each month. A month is long: after days without a server the look is still made. */
export const DRILL_REMINDERS_MONTHLY: Regular = {
  id: DRILL_REMINDERS,
  workflowType: 'drillReminders',
  dayOfMonth: 1,
  hour: 9,
  minute: 0,
  catchupWindow: '20d',
};
