import { collectDefaultMetrics, Registry } from 'prom-client';

/** What one process tells Prometheus. Labels are names out of plan and code: never an id, a number, an office or a person. */
export interface Metrics {
  readonly registry: Registry;
  /** `refresh` is awaited before each scrape. It settles soon, whatever is down. */
  beforeScrape(refresh: () => Promise<void>): void;
  /** More of the text format, from elsewhere in this process. */
  append(text: () => Promise<string>): void;
  /** Everything, in Prometheus' text format. Never rejects for what `refresh` or `append` reads from. */
  text(): Promise<string>;
}

/** Metrics with those of the process itself: memory, CPU, event loop, garbage collection. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const refreshes: (() => Promise<void>)[] = [];
  const more: (() => Promise<string>)[] = [];
  return {
    registry,
    beforeScrape: (refresh) => void refreshes.push(refresh),
    append: (text) => void more.push(text),
    async text() {
      await Promise.allSettled(refreshes.map((refresh) => refresh()));
      const others = await Promise.allSettled(more.map((text) => text()));
      const texts = others.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      return [await registry.metrics(), ...texts].map((text) => text.trimEnd()).join('\n') + '\n';
    },
  };
}
