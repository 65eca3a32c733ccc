import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import { TASK_QUEUE } from './task-queues.ts';

const [NOT_FOUND, ALREADY_EXISTS] = [5, 6];
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 500;

/** A closed run is in the register's archive; the server keeps it this long for whoever looks at Temporal's own UI. */
export const RETENTION_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Has the client's namespace on the server, keeping closed runs for at least `retentionMs`, and resolves when work can be put into it.
 * Waits for a server that is not there yet; rejects with the last reason when `signal` ends the wait.
 */
export async function provideNamespace(
  client: Client,
  signal: AbortSignal,
  retentionMs = RETENTION_MS,
): Promise<void> {
  let last: unknown = new Error('nothing was tried');
  while (!signal.aborted) {
    try {
      return await client.withDeadline(Date.now() + PATIENCE_MS, async () => {
        await haveIt(client, retentionMs);
        await takesWork(client);
      });
    } catch (error) {
      last = error;
      await pause(LOOK_EVERY_MS);
    }
  }
  throw last;
}

async function haveIt({ workflowService, options: { namespace } }: Client, retentionMs: number) {
  const retention = msToTs(retentionMs);
  const found = await workflowService.describeNamespace({ namespace }).catch(unless(NOT_FOUND));
  if (!found) {
    const made = { namespace, workflowExecutionRetentionPeriod: retention };
    await workflowService.registerNamespace(made).catch(unless(ALREADY_EXISTS));
    return;
  }
  const now = found.config?.workflowExecutionRetentionTtl;
  if (now && tsToMs(now) >= retentionMs) return;
  await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: retention } });
}

/** The server's parts hear of a new namespace some seconds later. */
const takesWork = ({ workflowService, options: { namespace } }: Client): Promise<unknown> =>
  workflowService.describeTaskQueue({ namespace, taskQueue: { name: TASK_QUEUE }, taskQueueType: 1 });

const unless =
  (code: number) =>
  (error: unknown): null => {
    if (isGrpcServiceError(error) && Number(error.code) === code) return null;
    throw error;
  };
