import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Instant } from '../incident/instant.ts';
import { instantOf } from './run-history.ts';
import { versionName } from './worker-version.ts';
import { DRILL_TASK_QUEUE, RECORD_TASK_QUEUE, TASK_QUEUE } from './task-queues.ts';

const { WORKER_VERSIONING_MODE_VERSIONED } = proto.temporal.api.enums.v1.WorkerVersioningMode;
const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

export interface Poller {
  identity: string;
  lastAskedAt: Instant | null;
  version: string | null;
}

/** A worker asks anew within a minute and some seconds; the server remembers it for longer. */
const ASKED_WITHIN_MS = 120_000;

/** Whether it is there, by what the server remembers of it. */
export const isAsking = ({ lastAskedAt }: Poller): boolean =>
  lastAskedAt !== null && Date.now() - Date.parse(lastAskedAt) < ASKED_WITHIN_MS;

/** Those of a queue that are there and take what is new. */
export const takersOf = ({ currentVersion, pollers }: QueueHealth): Poller[] =>
  pollers.filter((poller) => poller.version === currentVersion && isAsking(poller));

/** One task queue: who takes from it, and what waits in it. */
export interface QueueHealth {
  queue: string;
  kind: 'workflow' | 'activity';
  /** The version that new incidents go to, as Temporal writes it (`deployment:build`); null: workers without a version take them. */
  currentVersion: string | null;
  /** Workers that have asked within the last minutes, by process and machine; `version` is null for one without. */
  pollers: Poller[];
  /** About how many tasks wait, and the oldest for how long. */
  backlog: number;
  backlogSeconds: number;
}

const QUEUES = [
  { queue: TASK_QUEUE, kind: 'workflow' },
  { queue: TASK_QUEUE, kind: 'activity' },
  { queue: RECORD_TASK_QUEUE, kind: 'workflow' },
  { queue: RECORD_TASK_QUEUE, kind: 'activity' },
  { queue: DRILL_TASK_QUEUE, kind: 'activity' },
] as const;

/** Our task queues, but the archive's. Throws gRPC's errors. */
export const queueHealth = (client: Client): Promise<QueueHealth[]> =>
  Promise.all(QUEUES.map((queue) => healthOf(client, queue)));

async function healthOf(client: Client, { queue, kind }: (typeof QUEUES)[number]): Promise<QueueHealth> {
  const { pollers, stats, versioningInfo } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: queue },
    taskQueueType: kind === 'workflow' ? TASK_QUEUE_TYPE_WORKFLOW : TASK_QUEUE_TYPE_ACTIVITY,
    reportStats: true,
  });
  return {
    queue,
    kind,
    currentVersion: versionName(versioningInfo?.currentDeploymentVersion),
    pollers: (pollers ?? []).map(({ identity, lastAccessTime, deploymentOptions }) => ({
      identity: identity ?? '',
      lastAskedAt: lastAccessTime ? instantOf(lastAccessTime) : null,
      version:
        deploymentOptions?.workerVersioningMode === WORKER_VERSIONING_MODE_VERSIONED
          ? versionName(deploymentOptions)
          : null,
    })),
    backlog: Number(stats?.approximateBacklogCount ?? 0),
    backlogSeconds: Number(stats?.approximateBacklogAge?.seconds ?? 0),
  };
}
