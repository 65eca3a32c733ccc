import { proxyActivities } from '@temporalio/workflow';
import type { RegistersGuardActivities } from '../activities/registers-guard.ts';
import { now } from './clock.ts';
import { movesOn } from './versioning.ts';

const { whoIsDue, remind } = proxyActivities<RegistersGuardActivities>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '20h', // tomorrow's guard looks anew
  retry: { initialInterval: '5s', maximumInterval: '10m' },
});

/** Reminds of study (五（一）, 七) and screening (五（三）) that are overdue, once a day. One who cannot be told holds up no other. */
export async function registersGuard(): Promise<{ told: number; untold: number }> {
  const at = now();
  const people = await whoIsDue({ at });
  const tries = await Promise.allSettled(people.map((person) => remind({ at, person })));
  const told = tries.filter(({ status }) => status === 'fulfilled').length;
  return { told, untold: tries.length - told };
}

movesOn(registersGuard);
