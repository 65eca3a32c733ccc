import type { FastifyInstance, FastifyRequest } from 'fastify';

const SLOW_MS = 1_000;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * One line a request: its id, route, status and time, and the incident it was about. Never its address, which may be a receipt
 * link, and nothing that was sent. What only read, was quick and went well is for `debug`: pages ask all day.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode: status, elapsedTime } = reply;
    const ms = Math.round(elapsedTime);
    const { method } = request;
    const fields = { method, route: request.routeOptions.url ?? 'none', status, ms, ...incidentOf(request) };
    const isReading = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
    const isPlain = isReading && status < 400 && ms < SLOW_MS;
    request.log[status >= 500 ? 'warn' : isPlain ? 'debug' : 'info'](fields, 'request');
  });
}

function incidentOf({ params, routeOptions }: FastifyRequest): { incident?: string } {
  const { id } = (params ?? {}) as { id?: unknown };
  const isIncident = routeOptions.url?.startsWith('/api/incidents/:id') && typeof id === 'string';
  return isIncident && UUID.test(id) ? { incident: id } : {};
}
