import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowIdConflictPolicy, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { watchtower } from '../workflows/watchtower.ts';
import { TASK_QUEUE } from './task-queues.ts';

export const WATCHTOWER = 'watchtower';

const TRY_AGAIN_MS = 5_000;
/** Somebody may have ended it by hand. */
const LOOK_AGAIN_MS = 5 * 60_000;

/**
 * Has the watchtower run for as long as this worker does. A worker that starts lets it begin anew: it carries nothing, and runs
 * with this version's code and interval. Never rejects.
 */
export function keepWatchtower(client: Client, everyMs: number, log: Logger): { stop(): void } {
  const stopping = new AbortController();
  const start = (policy: WorkflowIdConflictPolicy) =>
    client.workflow.start<typeof watchtower>('watchtower', {
      workflowId: WATCHTOWER,
      taskQueue: TASK_QUEUE,
      workflowIdConflictPolicy: policy,
      args: [{ everyMs }],
    });
  void (async () => {
    let policy: WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TERMINATE_EXISTING;
    while (!stopping.signal.aborted) {
      const failed = await start(policy).then(
        () => null,
        (error: Error) => error,
      );
      if (failed) log.warn({ error: failed.name }, 'the watchtower could not be started; trying on');
      else policy = WorkflowIdConflictPolicy.USE_EXISTING;
      await sleep(failed ? TRY_AGAIN_MS : LOOK_AGAIN_MS, undefined, {
        ref: false,
        signal: stopping.signal,
      }).catch(() => undefined);
    }
  })();
  return { stop: () => stopping.abort() };
}
