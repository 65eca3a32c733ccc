import type { Regular } from './regular-schedule.ts';

export const REGISTERS_GUARD = 'registers-guard';

/** Study and screening that are overdue are looked at each morning, after the rosters. */
export const REGISTERS_GUARD_DAILY: Regular = {
  id: REGISTERS_GUARD,
  workflowType: 'registersGuard',
  hour: 8,
  minute: 30,
};
