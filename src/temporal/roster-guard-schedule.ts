import { setTimeout as sleep } from 'node:timers/promises';
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { SHOWN_TIME_ZONE } from '../incident/instant.ts';
import { TASK_QUEUE } from './task-queues.ts';

export const ROSTER_GUARD = 'roster-guard';

const SCHEDULE = {
  spec: { calendars: [{ hour: 8, minute: 0 }], timezone: SHOWN_TIME_ZONE },
  action: {
    type: 'startWorkflow' as const,
    workflowType: 'rosterGuard',
    taskQueue: TASK_QUEUE,
    workflowId: ROSTER_GUARD,
    args: [],
  },
  // After a night without a server the morning's look is still made, once.
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12h' as const },
};

/** Has the roster guard run daily at 08:00, as this version has it; one that a person paused stays paused. */
export async function scheduleRosterGuard({ schedule }: Client): Promise<void> {
  try {
    await schedule.create({ scheduleId: ROSTER_GUARD, ...SCHEDULE });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await schedule.getHandle(ROSTER_GUARD).update(({ state }) => ({ ...SCHEDULE, state }));
  }
}

/** Tries a few times beside everything else: the rosters are looked at tomorrow, too. Never rejects. */
export async function scheduleRosterGuardPatiently(client: Client, log: Logger): Promise<void> {
  for (let tries = 1; tries <= 10; tries++) {
    try {
      return await scheduleRosterGuard(client);
    } catch (error) {
      if (tries === 10)
        log.error({ error: (error as Error).name }, 'the roster guard could not be scheduled');
      else await sleep(5_000, undefined, { ref: false });
    }
  }
}
