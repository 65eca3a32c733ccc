import { execFileSync } from 'node:child_process';
import { TASK_QUEUE } from '../src/temporal/task-queues.ts';
import { scrape } from '../test/harness/scrape.ts';

/** What the workers' caches of incidents have seen until now, all workers together. */
export interface CacheUse {
  /** Workflows that are kept now. */
  kept: number;
  evicted: number;
  /** Workflow tasks for which nothing was kept: the history was fetched and replayed. */
  missed: number;
}

const NAMES = {
  kept: 'temporal_sticky_cache_size',
  evicted: 'temporal_sticky_cache_total_forced_eviction_total',
  missed: 'temporal_sticky_cache_miss_total',
};

/** From the workers' metrics; null where none are served. */
export async function cacheUse(metrics: string[]): Promise<CacheUse | null> {
  if (metrics.length === 0) return null;
  const scrapes = await Promise.all(metrics.map(scrape));
  const total = (name: string): number =>
    scrapes
      .flatMap(({ samples }) => samples(name))
      .filter(({ labels }) => labels.task_queue === TASK_QUEUE)
      .reduce((sum, { value }) => sum + value, 0);
  return {
    kept: total(NAMES.kept),
    evicted: total(NAMES.evicted),
    missed: total(NAMES.missed),
  };
}

/** How many workflows a worker keeps at most: the SDK's own default (`maxCachedWorkflows`) for a process with this heap in MiB. */
export function cacheLimit(heap: number | undefined): number {
  const args = heap === undefined ? [] : [`--max-old-space-size=${heap}`];
  const print = ['--print', 'v8.getHeapStatistics().heap_size_limit'];
  const mib = Number(execFileSync(process.execPath, [...args, ...print], { encoding: 'utf8' })) / 2 ** 20;
  return Math.max(Math.floor((Math.max(mib - 200, 0) * 600) / 1024), 10);
}
