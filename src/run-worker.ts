import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { NativeConnection, WorkflowBundle } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Foundation } from './foundation.ts';
import type { Metrics } from './metrics/metrics.ts';
import { keepWatchtower } from './temporal/keep-watchtower.ts';
import type { Tracing } from './tracing/tracing.ts';
import { connectWorker } from './temporal/connect.ts';
import { createWorkers } from './temporal/create-worker.ts';
import { DRILL_REMINDERS_MONTHLY } from './temporal/drill-reminders-schedule.ts';
import { REGISTERS_GUARD_DAILY } from './temporal/registers-guard-schedule.ts';
import { scheduleRegularPatiently } from './temporal/regular-schedule.ts';
import { ROSTER_GUARD_DAILY } from './temporal/roster-guard-schedule.ts';

export interface RunningWorker {
  /** Settles when the workers have stopped; rejects when one has failed for good. */
  done: Promise<void>;
  /** Takes no more work, lets what is under way end, and closes the connection. */
  stop(): Promise<void>;
}

/** Runs the workers as soon as the server can be reached. */
export async function runWorker(
  foundation: Foundation,
  at: {
    publicUrl: string;
    workflowBundle: WorkflowBundle;
    log: Logger;
    metrics?: Metrics | null;
    tracing?: Tracing | null;
    beatEveryMs?: number;
    version?: WorkerDeploymentVersion | null;
  },
): Promise<RunningWorker> {
  const connection = await connectPatiently(foundation, at.log);
  const workers = await createWorkers({
    ...foundation,
    connection,
    namespace: foundation.temporal.namespace,
    workflowBundle: at.workflowBundle,
    publicUrl: at.publicUrl,
    metrics: at.metrics ?? null,
    tracing: at.tracing ?? null,
    version: at.version ?? null,
  });
  for (const regular of [ROSTER_GUARD_DAILY, REGISTERS_GUARD_DAILY, DRILL_REMINDERS_MONTHLY])
    void scheduleRegularPatiently(foundation.client, at.log, regular);
  const watchtower = keepWatchtower(foundation.client, at.beatEveryMs ?? 60_000, at.log);
  const done = Promise.all(workers.map((worker) => worker.run())).then(() => undefined);
  done.catch((error: Error) => at.log.error({ error: error.name }, 'a worker has failed'));
  return {
    done,
    async stop() {
      watchtower.stop();
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await done.catch(() => undefined);
      await connection.close();
    },
  };
}

async function connectPatiently({ temporal }: Foundation, log: Logger): Promise<NativeConnection> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await connectWorker(temporal);
    } catch {
      if (tries % 10 === 1)
        log.warn({ address: temporal.address }, 'Temporal cannot be reached yet; trying on');
      await sleep(1_000);
    }
  }
}
