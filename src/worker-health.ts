import { once } from 'node:events';
import { createServer } from 'node:http';
import { sql } from 'drizzle-orm';
import type { Foundation } from './foundation.ts';
import { ADVICE, routingOf, type RoutingProblem } from './temporal/routing.ts';
import { within } from './within.ts';

const PATIENCE_MS = 2_000;

/** `starting` until it takes work, `draining` from the signal to stop until it has ended, `failed` for good. */
export type WorkerState = 'starting' | 'running' | 'draining' | 'failed';

export interface WorkerHealth {
  /** Where it listens. */
  port: number;
  close(): Promise<void>;
}

/**
 * A worker's `/healthz` (this process answers, and has not failed: else end it) and `/readyz` (it takes work now, and what that
 * needs answers; 503 names what does not; where workers have versions, which it is, what keeps incidents from them, and whether this
 * one's name is another code's). Nothing else is served. Rejects when the port is taken.
 */
export async function serveWorkerHealth(
  { register, client }: Pick<Foundation, 'register' | 'client'>,
  {
    host,
    port,
    state,
    version,
    isReused,
  }: {
    host: string;
    port: number;
    state: () => WorkerState;
    version: string | null;
    isReused: () => boolean;
  },
): Promise<WorkerHealth> {
  async function readiness(): Promise<Reply> {
    const [temporal, database, routing] = await Promise.all([
      works(client.withDeadline(Date.now() + PATIENCE_MS, () => client.workflowService.getSystemInfo({}))),
      works(register.db.execute(sql`select 1`)),
      version === null ? null : routingNow(),
    ]);
    const worker = state();
    const isReady = worker === 'running' && temporal === 'ok' && database === 'ok';
    const body = { worker, temporal, register: database, ...routing };
    return { status: isReady ? 200 : 503, body };
  }
  /** Said and no more: it takes what it is given, and no current version can be set before workers are ready. */
  async function routingNow(): Promise<Record<string, unknown>> {
    const ask = client.withDeadline(Date.now() + PATIENCE_MS, () => routingOf({ client }));
    const found = await within(PATIENCE_MS, ask).catch(() => null);
    const own: RoutingProblem[] = isReused() ? ['BUILD_NAME_REUSED'] : [];
    const problems = [...(found?.problems ?? []), ...own].map((code) => ({ code, advice: ADVICE[code] }));
    return { version, ...(problems.length > 0 ? { problems } : {}) };
  }
  const liveness = (): Reply => {
    const worker = state();
    return { status: worker === 'failed' ? 503 : 200, body: { worker } };
  };
  const server = createServer((request, response) => {
    const answer = { '/healthz': liveness, '/readyz': readiness }[request.url ?? ''];
    void Promise.resolve(answer?.() ?? { status: 404, body: {} }).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    });
  });
  const listening = once(server, 'listening'); // rejects on 'error'
  server.listen(port, host);
  await listening;
  return {
    port: (server.address() as { port: number }).port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

interface Reply {
  status: number;
  body: Record<string, unknown>;
}

const works = (check: PromiseLike<unknown>): Promise<'ok' | 'down'> =>
  within(PATIENCE_MS, Promise.resolve(check)).then(
    () => 'ok',
    () => 'down',
  );
