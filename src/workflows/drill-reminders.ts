import { proxyActivities } from '@temporalio/workflow';
import type { DrillReminderActivities } from '../activities/drill-reminders.ts';
import type { Instant } from '../incident/instant.ts';
import { DRILL_TASK_QUEUE } from '../temporal/task-queues.ts';
import { now } from './clock.ts';
import { movesOn } from './versioning.ts';

const { drillsDue, remindOfDrill } = proxyActivities<DrillReminderActivities>({
  taskQueue: DRILL_TASK_QUEUE,
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '20h',
  retry: { initialInterval: '5s', maximumInterval: '10m' },
});

/** 七: once a month reminds offices that have no drill in the year, and lists them to the leading-group office. `at`: now if left out. */
export async function drillReminders({ at = now() }: { at?: Instant } = {}): Promise<{ told: number }> {
  const bodies = await drillsDue({ at });
  const tries = await Promise.allSettled(bodies.map((body) => remindOfDrill({ at, body })));
  return { told: tries.filter(({ status }) => status === 'fulfilled').length };
}

movesOn(drillReminders);
