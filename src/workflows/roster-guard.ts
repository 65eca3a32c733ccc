import { proxyActivities } from '@temporalio/workflow';
import type { RosterGuardActivities } from '../activities/roster-guard.ts';
import { now } from './clock.ts';
import { movesOn } from './versioning.ts';

const { lookAhead, tellBody } = proxyActivities<RosterGuardActivities>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '20h', // tomorrow's guard looks anew
  retry: { initialInterval: '5s', maximumInterval: '10m' },
});

/** Looks ahead in the duty rosters once a day (值班表检查), and tells each body what to mend. One that cannot be told holds up no other. */
export async function rosterGuard(): Promise<{ told: number; untold: number }> {
  const at = now();
  const bodies = await lookAhead({ at });
  const tries = await Promise.allSettled(bodies.map((body) => tellBody({ at, body })));
  const told = tries.filter(({ status }) => status === 'fulfilled').length;
  return { told, untold: tries.length - told };
}

movesOn(rosterGuard);
