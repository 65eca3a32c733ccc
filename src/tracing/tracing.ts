import type { ClientInterceptors } from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';
import type { Config } from '../config.ts';

/** What carries a trace from a request through its workflow to whoever is told. */
export interface Tracing {
  client: ClientInterceptors;
  worker: Pick<WorkerOptions, 'interceptors' | 'sinks'>;
  /** Hands over what is left; settles soon, whether or not anybody takes it. */
  stop(): Promise<void>;
}

/** Tracing where `OTEL_EXPORTER_OTLP_ENDPOINT` says where to; null, and nothing of it loaded, where it does not. */
export async function tracingOf(
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Config,
  service: string,
): Promise<Tracing | null> {
  if (endpoint === undefined) return null;
  const { startTracing } = await import('./start-tracing.ts');
  return startTracing(endpoint, service);
}
