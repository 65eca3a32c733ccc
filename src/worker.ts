import { pino, type Logger } from 'pino';
import { readConfig, type Config } from './config.ts';
import { layFoundation, mustBeProvided, type Foundation } from './foundation.ts';
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
  const health = await serveHealth(config, foundation, () => state);
  const started = start(config, foundation, { log, metrics, tracing });
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
  await metrics?.close();
  await foundation.close();
  await tracing?.stop();
  await health?.close();
  if (failure) throw failure;
  log.info('worker has stopped');
}

interface Watching {
  log: Logger;
  metrics: Metrics | null;
  tracing: Tracing | null;
}

async function start(config: Config, foundation: Foundation, watching: Watching) {
  const bundled = { tracing: watching.tracing !== null };
  return runWorker(foundation, {
    ...watching,
    publicUrl: publicUrlOf(config),
    workflowBundle: await (config.FENGHUO_CACHE
      ? cachedWorkflowBundle(config.FENGHUO_CACHE, bundled)
      : bundleWorkflows(bundled)),
    beatEveryMs: config.WATCH_BEAT_SECONDS * 1_000,
    version: versionOf(config),
  });
}

const serveHealth = async (config: Config, foundation: Foundation, state: () => WorkerState) =>
  config.WORKER_HEALTH_PORT === undefined
    ? null
    : serveWorkerHealth(foundation, {
        host: config.HOST,
        port: config.WORKER_HEALTH_PORT,
        state,
        version: versionName(versionOf(config)),
      });

await main().catch(failStart);
process.exit(0);
