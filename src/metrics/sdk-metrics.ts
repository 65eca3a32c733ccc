import type { TelemetryOptions } from '@temporalio/worker';
import { freePort } from '../temporal/serving.ts';
import type { Metrics } from './metrics.ts';

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60];

/** Latencies that a dashboard shows. The rest of them keeps the SDK's own buckets. */
const LATENCIES = [
  'activity_schedule_to_start_latency',
  'activity_execution_latency',
  'activity_succeed_endtoend_latency',
  'workflow_task_schedule_to_start_latency',
  'workflow_task_execution_latency',
  'workflow_endtoend_latency',
];

/**
 * The Temporal SDK's own metrics (latencies, failed workflow tasks, slots, pollers). Its core serves them on a port of this
 * machine, from where each scrape takes them along: one address a process. For `installLogger`, before any worker.
 */
export async function sdkMetrics(metrics: Metrics): Promise<NonNullable<TelemetryOptions['metrics']>> {
  const bindAddress = `127.0.0.1:${await freePort()}`;
  metrics.append(async () => {
    const answer = await fetch(`http://${bindAddress}/metrics`, { signal: AbortSignal.timeout(3_000) });
    return (await answer.text()).replace(/^# EOF$/m, '');
  });
  return {
    prometheus: {
      bindAddress,
      countersTotalSuffix: true,
      unitSuffix: true,
      useSecondsForDurations: true,
      histogramBucketOverrides: Object.fromEntries(LATENCIES.map((name) => [name, SECONDS])),
    },
  };
}
