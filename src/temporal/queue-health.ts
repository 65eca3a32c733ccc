import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Instant } from '../incident/instant.ts';
import { instantOf } from './run-history.ts';
import { RECORD_TASK_QUEUE, TASK_QUEUE } from './task-queues.ts';

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

/** One task queue: who takes from it, and what waits in it. */
export interface QueueHealth {
  queue: string;
  kind: 'workflow' | 'activity';
  /** Workers that have asked within the last minutes, by process and machine. */
  pollers: { identity: string; lastAskedAt: Instant | null }[];
  /** About how many tasks wait, and the oldest for how long. */
  backlog: number;
  backlogSeconds: number;
}

const QUEUES = [
  { queue: TASK_QUEUE, kind: 'workflow' },
  { queue: TASK_QUEUE, kind: 'activity' },
  { queue: RECORD_TASK_QUEUE, kind: 'workflow' },
  { queue: RECORD_TASK_QUEUE, kind: 'activity' },
] as const;

/** All our task queues. Throws gRPC's errors. */
export const queueHealth = (client: Client): Promise<QueueHealth[]> =>
  Promise.all(QUEUES.map((queue) => healthOf(client, queue)));

async function healthOf(client: Client, { queue, kind }: (typeof QUEUES)[number]): Promise<QueueHealth> {
  const { pollers, stats } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: queue },
    taskQueueType: kind === 'workflow' ? TASK_QUEUE_TYPE_WORKFLOW : TASK_QUEUE_TYPE_ACTIVITY,
    reportStats: true,
  });
  return {
    ...{ queue, kind },
    pollers: (pollers ?? []).map(({ identity, lastAccessTime }) => ({
      identity: identity ?? '',
      lastAskedAt: lastAccessTime ? instantOf(lastAccessTime) : null,
    })),
    backlog: Number(stats?.approximateBacklogCount ?? 0),
    backlogSeconds: Number(stats?.approximateBacklogAge?.seconds ?? 0),
  };
}
