import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { WatchtowerActivities } from '../activities/watchtower.ts';
import { RECORD_TASK_QUEUE, TASK_QUEUE } from '../temporal/task-queues.ts';
import { movesOn } from './versioning.ts';

/** A beat that hangs is given up for the next: whoever watches counts what came. */
const BEATING = {
  startToCloseTimeout: '20s',
  scheduleToCloseTimeout: '2m',
  retry: { initialInterval: '1s', maximumInterval: '10s' },
} as const;

const alarms = proxyActivities<WatchtowerActivities>({ ...BEATING, taskQueue: TASK_QUEUE });
const records = proxyActivities<WatchtowerActivities>({ ...BEATING, taskQueue: RECORD_TASK_QUEUE });

/** A run this long is still replayed at once. */
const BEATS_A_RUN = 60;

/**
 * Shows that incidents would be processed: timers fire, workflows run, both queues are worked off, the register is written. Each
 * round leaves a beat of either queue there; whoever watches notices that they stop (dead-man's switch). Ends never.
 */
export async function watchtower({ everyMs }: { everyMs: number }): Promise<never> {
  const { continuedFromExecutionRunId: before } = workflowInfo();
  if (before) await records.forgetRun({ runId: before }).catch(() => undefined);
  for (let beats = 0; beats < BEATS_A_RUN; beats += 1) {
    await Promise.allSettled([alarms.beat(), records.beat()]);
    await sleep(everyMs);
  }
  return continueAsNew<typeof watchtower>({ everyMs });
}

movesOn(watchtower);
