import {
  defaultPayloadConverter,
  proxySinks,
  workflowInfo,
  type Headers,
  type Sinks,
  type WorkflowInterceptors,
} from '@temporalio/workflow';
import { millisecondsNow } from './clock.ts';

/*
 * Carries a report's trace through the workflow to what it has done. By hand, and not by the SDK's own interceptors: those put
 * awaits between a decision and its command, so that an incident begun without traces would not replay with them. Here every
 * call goes on in the same instant, no randomness is drawn, and no command looks different.
 */

/** Where the SDK's client and activity interceptors keep a trace's context (W3C). */
const HEADER = '_tracer-data';

interface Traceparent {
  traceId: string;
  spanId: string;
  traceFlags: number;
}

/** As the SDK's `makeWorkflowExporter` takes it. */
interface TraceSinks extends Sinks {
  exporter: { export(spans: object[]): void };
}

const { exporter } = proxySinks<TraceSinks>();

export function interceptors(): WorkflowInterceptors {
  let carried: Headers = {};
  const withTrace = <Input extends { headers: Headers }>(input: Input): Input => ({
    ...input,
    headers: { ...input.headers, ...carried },
  });
  return {
    inbound: [
      {
        execute(input, next) {
          const parent = parentIn(input.headers);
          if (parent) carried = begin(parent);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(withTrace(input)),
        startChildWorkflowExecution: (input, next) => next(withTrace(input)),
        continueAsNew: (input, next) => next(withTrace(input)),
      },
    ],
  };
}

function parentIn(headers: Headers): Traceparent | null {
  const payload = headers[HEADER];
  if (!payload) return null;
  const { traceparent = '' } = defaultPayloadConverter.fromPayload<{ traceparent?: string }>(payload);
  const [, traceId, spanId, flags] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent) ?? [];
  return traceId && spanId && flags ? { traceId, spanId, traceFlags: parseInt(flags, 16) } : null;
}

/** Tells that this run has begun, as a span of its own, and gives the headers under which what it has done is told. */
function begin(parent: Traceparent): Headers {
  const { runId, workflowType, startTime } = workflowInfo();
  // The same in every replay, and another for every run.
  const spanId = runId.replaceAll('-', '').slice(0, 16);
  const [start, end] = [startTime.getTime(), millisecondsNow()];
  if ((parent.traceFlags & 1) === 1)
    exporter.export([
      {
        name: `RunWorkflow:${workflowType}`,
        kind: 0,
        spanContext: { ...parent, spanId },
        parentSpanId: parent.spanId,
        startTime: highResolution(start),
        endTime: highResolution(end),
        duration: highResolution(end - start),
        status: { code: 1 },
        attributes: {},
        links: [],
        events: [],
        ended: true,
        droppedAttributesCount: 0,
        droppedEventsCount: 0,
        droppedLinksCount: 0,
        instrumentationLibrary: { name: 'fenghuo' },
      },
    ]);
  const flags = parent.traceFlags.toString(16).padStart(2, '0');
  const traceparent = `00-${parent.traceId}-${spanId}-${flags}`;
  return { [HEADER]: defaultPayloadConverter.toPayload({ traceparent }) };
}

const highResolution = (ms: number): [seconds: number, nanoseconds: number] => [
  Math.floor(ms / 1_000),
  Math.round((ms % 1_000) * 1_000_000),
];
