import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Asked all the time, or open for hours: no trace. */
const UNTRACED = new Set(['/healthz', '/readyz', '/watchz', '/api/events']);

/** A span a request, named by its route's pattern. What a caller says of its own trace is not believed. */
export function traceRequests(app: FastifyInstance): void {
  const tracer = trace.getTracer('fenghuo');
  const spans = new WeakMap<FastifyRequest, Span>();
  const inSpan = (request: FastifyRequest, next: () => void): void => {
    const span = spans.get(request);
    if (span) context.with(trace.setSpan(ROOT_CONTEXT, span), next);
    else next();
  };

  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    if (!UNTRACED.has(route)) {
      const attributes = { 'http.request.method': request.method, 'http.route': route };
      const kind = SpanKind.SERVER;
      spans.set(request, tracer.startSpan(`${request.method} ${route}`, { kind, attributes }, ROOT_CONTEXT));
    }
    inSpan(request, done);
  });
  // Reading the body goes on in the socket's own context.
  app.addHook('preValidation', (request, _reply, done) => inSpan(request, done));
  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
}
