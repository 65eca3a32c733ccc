import type { Client } from '@temporalio/client';
import { Gauge } from 'prom-client';
import type { Register } from '../store/open.ts';
import { queueHealth } from '../temporal/queue-health.ts';
import { ROUTING_PROBLEMS, routingOf } from '../temporal/routing.ts';
import { within } from '../within.ts';
import type { Metrics } from './metrics.ts';

const PATIENCE_MS = 3_000;

/** What waits in Temporal's task queues and who takes from them, asked at the scrape. For API processes. */
export function addQueueMetrics(metrics: Metrics, client: Client, register: Register): void {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers: [metrics.registry] });
  const up = gauge('fenghuo_temporal_up', 'Whether Temporal answered this scrape.', []);
  const labels = ['queue', 'kind'] as const;
  const pollers = gauge('fenghuo_queue_pollers', 'Workers that have asked within the last minutes.', [
    ...labels,
  ]);
  const backlog = gauge('fenghuo_queue_backlog', 'Tasks that wait, about.', [...labels]);
  const age = gauge('fenghuo_queue_backlog_age_seconds', 'For how long the oldest of them waits.', [
    ...labels,
  ]);
  const problem = gauge(
    'fenghuo_routing_problem',
    'Whether incidents stand still, or may, for this reason.',
    ['problem'],
  );
  const stranded = gauge('fenghuo_stranded_incidents', 'Open, and their version has no worker.', []);

  const asked = <T>(work: () => Promise<T>): Promise<T | null> =>
    within(PATIENCE_MS, client.withDeadline(Date.now() + PATIENCE_MS, work)).catch(() => null);
  metrics.beforeScrape(async () => {
    const queues = await asked(() => queueHealth(client));
    const routing = queues && (await asked(() => routingOf({ client, register }, queues)));
    for (const one of [pollers, backlog, age, problem, stranded]) one.reset();
    if (routing) {
      for (const code of ROUTING_PROBLEMS)
        problem.set({ problem: code }, routing.problems.includes(code) ? 1 : 0);
      if (routing.stranded !== null) stranded.set(routing.stranded);
    }
    up.set(queues ? 1 : 0);
    for (const { queue, kind, ...now } of queues ?? []) {
      pollers.set({ queue, kind }, now.pollers.length);
      backlog.set({ queue, kind }, now.backlog);
      age.set({ queue, kind }, now.backlogSeconds);
    }
  });
}
