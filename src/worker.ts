import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { WorkflowBundle } from '@temporalio/worker';
import { pino, type Logger } from 'pino';
import { readConfig, type Config } from './config.ts';
import { layFoundation, mustBeProvided, type Foundation } from './foundation.ts';
import { keepBuild } from './keep-build.ts';
import type { Metrics } from './metrics/metrics.ts';
import { runMetrics } from './metrics/run-metrics.ts';
import { sdkMetrics } from './metrics/sdk-metrics.ts';
import { publicUrlOf } from './public-url.ts';
import { runWorker } from './run-worker.ts';
import { installLogger } from './temporal/logger.ts';
import { bundleWorkflows, cachedWorkflowBundle } from './temporal/workflow-bundle.ts';
import { versionName, versionOf } from './temporal/worker-version.ts';
import { tracingOf, type Tracing } from './tracing/tracing.ts';
import { failStart, toldToStop } from './until-told.ts';
import { serveWorkerHealth, type WorkerState } from './worker-health.ts';

/** A worker on its own: as many as needed beside as many APIs, on PostgreSQL and a Temporal cluster. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const stopped = toldToStop();
  const log = pino({ name: 'fenghuo-worker' });
  const metrics = await runMetrics(config);
  installLogger(log, metrics ? await sdkMetrics(metrics) : undefined);
  const tracing = await tracingOf(config, 'fenghuo-worker');
  const foundation = await layFoundation(config, mustBeProvided(config), tracing);
  let state: WorkerState = 'starting';
  const version = versionOf(config);
  const bundle = bundleOf(config, tracing);
  bundle.catch(() => undefined); // told to whoever starts with it
  const build = version && keepBuild(foundation.register, { version, bundle, log });
  const health = await serveHealth(config, foundation, {
    state: () => state,
    isReused: () => build?.isReused() ?? false,
  });
  const started = start(config, foundation, { log, metrics, tracing, version, bundle });
  const worker = await Promise.race([started, stopped.then(() => null)]);
  if (!worker) return; // told to stop while it waited for Temporal
  state = 'running';
  log.info('worker runs');
  const failed = worker.done.then(
    () => undefined,
    (error: Error) => error,
  );
  const failure = await Promise.race([stopped.then(() => undefined), failed]);
  state = failure ? 'failed' : 'draining';
  await worker.stop();
  build?.stop();
  await metrics?.close();
  await foundation.close();
  await tracing?.stop();
  await health?.close();
  if (failure) throw failure;
  log.info('worker has stopped');
}

function bundleOf({ FENGHUO_CACHE: folder }: Config, tracing: Tracing | null): Promise<WorkflowBundle> {
  const bundled = { tracing: tracing !== null };
  return folder ? cachedWorkflowBundle(folder, bundled) : bundleWorkflows(bundled);
}

interface Running {
  log: Logger;
  metrics: Metrics | null;
  tracing: Tracing | null;
  version: WorkerDeploymentVersion | null;
  bundle: Promise<WorkflowBundle>;
}

async function start(config: Config, foundation: Foundation, { bundle, ...running }: Running) {
  return runWorker(foundation, {
    ...running,
    publicUrl: publicUrlOf(config),
    workflowBundle: await bundle,
    beatEveryMs: config.WATCH_BEAT_SECONDS * 1_000,
  });
}

interface Standing {
  state: () => WorkerState;
  isReused: () => boolean;
}

const serveHealth = async (config: Config, foundation: Foundation, standing: Standing) =>
  config.WORKER_HEALTH_PORT === undefined
    ? null
    : serveWorkerHealth(foundation, {
        host: config.HOST,
        port: config.WORKER_HEALTH_PORT,
        ...standing,
        version: versionName(versionOf(config)),
      });

await main().catch(failStart);
process.exit(0);
