import type { DataConverter, WorkerDeploymentVersion } from '@temporalio/common';
import { Worker, type NativeConnection, type WorkflowBundle } from '@temporalio/worker';
import { createArchive } from '../activities/archive.ts';
import { createDrillReminders, type DrillReminderDeps } from '../activities/drill-reminders.ts';
import { createDrillRun, type DrillDeps } from '../activities/drill-run.ts';
import { createNotify, type NotifyDeps } from '../activities/notify.ts';
import { createRecord, type RecordDeps } from '../activities/record.ts';
import { createRegistersGuard } from '../activities/registers-guard.ts';
import { createRosterGuard, type RosterGuardDeps } from '../activities/roster-guard.ts';
import { ARCHIVE_TASK_QUEUE, DRILL_TASK_QUEUE, RECORD_TASK_QUEUE, TASK_QUEUE } from './task-queues.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { timeRecord } from '../metrics/record-metrics.ts';
import { countSends } from '../metrics/send-metrics.ts';
import { createWatchtower } from '../activities/watchtower.ts';
import { traceSends } from '../tracing/trace-sends.ts';
import type { Tracing } from '../tracing/tracing.ts';

export interface WorkerDeps extends NotifyDeps, RecordDeps, RosterGuardDeps, DrillDeps, DrillReminderDeps {
  connection: NativeConnection;
  namespace: string;
  dataConverter: DataConverter;
  workflowBundle: WorkflowBundle;
  /** Where sends and records are counted; nowhere if left out. */
  metrics?: Metrics | null;
  tracing?: Tracing | null;
  /** The version that this worker's code is; null: it takes whatever is there. */
  version?: WorkerDeploymentVersion | null;
}

/**
 * Four workers of one process: one for incidents and their messages, one for the register, so that alarms go first, one that
 * makes bundles, one after the other, and one for what drills are carried out by.
 */
export async function createWorkers(deps: WorkerDeps): Promise<Worker[]> {
  const { connection, namespace, dataConverter, workflowBundle, metrics, tracing, version } = deps;
  const counting = metrics ? { ...deps, ...countSends(metrics, deps) } : deps;
  const telling = tracing ? { ...counting, channels: traceSends(counting.channels) } : counting;
  const record = createRecord(deps);
  const watchtower = createWatchtower(deps);
  const everywhere = {
    connection,
    namespace,
    dataConverter,
    shutdownGraceTime: '10s',
    ...(version ? { workerDeploymentOptions: deploymentOptions(version) } : {}),
  };
  const shared = {
    ...everywhere,
    workflowBundle,
    // After a worker dies its timers wait this long for it before another worker gets them. The default is ten seconds.
    stickyQueueScheduleToStartTimeout: '1s',
    ...tracing?.worker,
  };
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: TASK_QUEUE,
      activities: {
        ...createNotify(telling),
        ...createRosterGuard(deps),
        ...createRegistersGuard(deps),
        ...watchtower,
      },
      maxConcurrentActivityTaskExecutions: 40,
    }),
    Worker.create({
      ...shared,
      taskQueue: RECORD_TASK_QUEUE,
      activities: { ...(metrics ? timeRecord(metrics, deps.register, record) : record), ...watchtower },
      maxConcurrentActivityTaskExecutions: 4,
    }),
    Worker.create({
      ...everywhere,
      taskQueue: ARCHIVE_TASK_QUEUE,
      activities: createArchive(deps),
      maxConcurrentActivityTaskExecutions: 1,
    }),
    Worker.create({
      ...everywhere,
      taskQueue: DRILL_TASK_QUEUE,
      activities: { ...createDrillRun(deps), ...createDrillReminders(deps) },
      maxConcurrentActivityTaskExecutions: 4,
    }),
  ]);
}

/** An incident's run ends with the code it began with, its messages and records with it; what does otherwise says so (workflows/versioning.ts). */
const deploymentOptions = (version: WorkerDeploymentVersion) =>
  ({ version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' }) as const;
