import type { DataConverter } from '@temporalio/common';
import { Worker, type NativeConnection, type WorkflowBundle } from '@temporalio/worker';
import { createNotify, type NotifyDeps } from '../activities/notify.ts';
import { createRecord, type RecordDeps } from '../activities/record.ts';
import { createRosterGuard, type RosterGuardDeps } from '../activities/roster-guard.ts';
import { RECORD_TASK_QUEUE, TASK_QUEUE } from './task-queues.ts';

export interface WorkerDeps extends NotifyDeps, RecordDeps, RosterGuardDeps {
  connection: NativeConnection;
  namespace: string;
  dataConverter: DataConverter;
  workflowBundle: WorkflowBundle;
}

/** Two workers of one process: one for incidents and their messages, one for the register, so that alarms go first. */
export async function createWorkers(deps: WorkerDeps): Promise<Worker[]> {
  const { connection, namespace, dataConverter, workflowBundle } = deps;
  const shared = {
    connection,
    namespace,
    dataConverter,
    workflowBundle,
    // After a worker dies its timers wait this long for it before another worker gets them. The default is ten seconds.
    stickyQueueScheduleToStartTimeout: '1s',
    shutdownGraceTime: '10s',
  };
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: TASK_QUEUE,
      activities: { ...createNotify(deps), ...createRosterGuard(deps) },
      maxConcurrentActivityTaskExecutions: 40,
    }),
    Worker.create({
      ...shared,
      taskQueue: RECORD_TASK_QUEUE,
      activities: createRecord(deps),
      maxConcurrentActivityTaskExecutions: 4,
    }),
  ]);
}
