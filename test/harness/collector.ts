import { startJsonServer } from './json-server.ts';
import { until } from './until.ts';

/** A span as OTLP has it in JSON. */
export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  status?: { code?: number; message?: string };
  events?: unknown[];
}

/** An OpenTelemetry collector (OTLP over HTTP, JSON) that keeps what it is sent. */
export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  url: string;
  spans: readonly CollectedSpan[];
  /** All bodies, byte for byte. */
  received(): Buffer;
  /** The first span that fits, as soon as it is there. */
  span(what: string, fits: (span: CollectedSpan) => boolean): Promise<CollectedSpan>;
  close(): Promise<void>;
}

interface Body {
  resourceSpans: { scopeSpans: { spans: CollectedSpan[] }[] }[];
}

export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const bodies: string[] = [];
  const server = await startJsonServer(({ path, text }) => {
    if (path !== '/v1/traces') return { status: 404 };
    bodies.push(text);
    const { resourceSpans } = JSON.parse(text) as Body;
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    return { status: 200 };
  });
  return {
    url: server.url,
    spans,
    received: () => Buffer.from(bodies.join('\n')),
    span: (what, fits) => until(what, async () => spans.find(fits)),
    close: () => server.stop(),
  };
}

export const attributeOf = ({ attributes }: CollectedSpan, key: string): unknown =>
  Object.values(attributes.find((one) => one.key === key)?.value ?? {})[0];
