import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
} from '@temporalio/interceptors-opentelemetry';
import { within } from '../within.ts';
import { harmlessSpans } from './harmless-spans.ts';
import type { Tracing } from './tracing.ts';

const STOP_WITHIN_MS = 3_000;

/** Sends spans of this process to the collector at `endpoint` (OTLP over HTTP). A collector that is down is nobody's concern. */
export function startTracing(endpoint: string, service: string): Tracing {
  const resource = new Resource({ 'service.name': service });
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const processor = new BatchSpanProcessor(harmlessSpans(new OTLPTraceExporter({ url })));
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  provider.register({
    contextManager: new AsyncLocalStorageContextManager().enable(),
    // Trace ids alone: baggage would carry whatever somebody put there.
    propagator: new W3CTraceContextPropagator(),
  });
  return {
    client: { workflow: [new OpenTelemetryWorkflowClientInterceptor()] },
    worker: {
      interceptors: {
        activity: [(context) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(context) })],
      },
      sinks: { exporter: makeWorkflowExporter(processor, resource) },
    },
    stop: () => within(STOP_WITHIN_MS, provider.shutdown()).catch(() => undefined),
  };
}
