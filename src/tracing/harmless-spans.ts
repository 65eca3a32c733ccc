import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

/** What a span may say: names out of the code, ids, results. All else is left out, whoever put it there. */
const HARMLESS = new Set([
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'run_id',
  'temporalWorkflowId',
  'temporalActivityId',
  'workflowId',
  'runId',
  'workflowType',
  'taskQueue',
  'attempt',
  'fenghuo.channel',
  'fenghuo.message',
  'error.type',
]);

/**
 * Hands spans on without anything personal: errors quote what they failed on, and the SDK lays a workflow's whole info, memo
 * included, into its spans. Of an exception its type is kept.
 */
export const harmlessSpans = (exporter: SpanExporter): SpanExporter => ({
  export: (spans, done) => exporter.export(spans.map(harmless), done),
  shutdown: () => exporter.shutdown(),
  ...(exporter.forceFlush ? { forceFlush: () => exporter.forceFlush!() } : {}),
});

/** The same span, read through what may be said of it. */
export function harmless(span: ReadableSpan): ReadableSpan {
  const type = span.events.map(({ attributes }) => attributes?.['exception.type']).find(Boolean);
  const attributes = Object.fromEntries(
    Object.entries({ ...(type ? { 'error.type': type } : {}), ...span.attributes }).filter(
      ([name, value]) => HARMLESS.has(name) && typeof value !== 'object',
    ),
  );
  const status = { code: span.status.code };
  return Object.create(span, {
    attributes: { value: attributes },
    status: { value: status },
    events: { value: [] },
    links: { value: [] },
  }) as ReadableSpan;
}
