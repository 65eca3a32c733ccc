import { ConfigError, type Config } from '../config.ts';
import { listenForScrapes } from './listener.ts';
import { createMetrics, type Metrics } from './metrics.ts';

export interface RunningMetrics extends Metrics {
  close(): Promise<void>;
}

/** Serves this process' metrics where `METRICS_PORT` says so; null where it does not. */
export async function runMetrics({
  METRICS_HOST: host,
  METRICS_PORT: port,
}: Config): Promise<RunningMetrics | null> {
  if (port === undefined) return null;
  const metrics = createMetrics();
  const listener = await listenForScrapes(metrics, { host, port }).catch(
    ({ code }: NodeJS.ErrnoException) => {
      const expected = `an address and port this process may listen on, ${host}:${port} is not (${code})`;
      throw new ConfigError([{ name: 'METRICS_PORT', expected }]);
    },
  );
  return { ...metrics, close: () => listener.close() };
}
