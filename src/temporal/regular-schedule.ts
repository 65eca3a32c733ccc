import { setTimeout as sleep } from 'node:timers/promises';
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { SHOWN_TIME_ZONE } from '../incident/instant.ts';
import { TASK_QUEUE } from './task-queues.ts';

/** Something that is looked at once a day, or once a month. */
export interface Regular {
  /** The schedule's id, and that of the workflow it starts. */
  id: string;
  workflowType: string;
  /** Left out: every day. */
  dayOfMonth?: number;
  /** The time of day in Asia/Shanghai. */
  hour: number;
  minute: number;
  /** After how long without a server the look is still made, once; after a night where it is left out. */
  catchupWindow?: '12h' | '20d';
}

const scheduleOf = ({ id, workflowType, catchupWindow = '12h', ...at }: Regular) => ({
  spec: { calendars: [calendarOf(at)], timezone: SHOWN_TIME_ZONE },
  action: {
    type: 'startWorkflow' as const,
    workflowType,
    taskQueue: TASK_QUEUE,
    workflowId: id,
    args: [],
  },
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow },
});

const calendarOf = ({ dayOfMonth, hour, minute }: Pick<Regular, 'dayOfMonth' | 'hour' | 'minute'>) =>
  dayOfMonth === undefined ? { hour, minute } : { dayOfMonth, hour, minute };

/** Has it run regularly, as this version has it; one that a person paused stays paused. */
export async function scheduleRegular({ schedule }: Client, regular: Regular): Promise<void> {
  try {
    await schedule.create({ scheduleId: regular.id, ...scheduleOf(regular) });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await schedule.getHandle(regular.id).update(({ state }) => ({ ...scheduleOf(regular), state }));
  }
}

/** Tries a few times beside everything else: the next time it is looked at, too. Never rejects. */
export async function scheduleRegularPatiently(client: Client, log: Logger, regular: Regular): Promise<void> {
  for (let tries = 1; tries <= 10; tries++) {
    try {
      return await scheduleRegular(client, regular);
    } catch (error) {
      if (tries === 10)
        log.error(
          { schedule: regular.id, error: (error as Error).name },
          'what runs regularly could not be scheduled',
        );
      else await sleep(5_000, undefined, { ref: false });
    }
  }
}
