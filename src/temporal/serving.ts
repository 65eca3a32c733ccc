import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import { createServer, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const NOT_FOUND = 5;
const HOST = '127.0.0.1';

/**
 * Resolves when the Temporal server at `port` of this machine serves `namespace`, through to its history; rejects with
 * the last reason when `signal` ends the wait.
 */
export async function untilServing(port: number, namespace: string, signal: AbortSignal): Promise<void> {
  let last: unknown = new Error('nothing was tried');
  while (!signal.aborted) {
    try {
      // A refused TCP connection is known at once; a gRPC channel would only try again after a second.
      await reach(port);
      return await onConnection(port, (connection) => serves(connection, namespace));
    } catch (error) {
      last = error;
      await pause(50);
    }
  }
  throw last;
}

/** Keeps closed runs for `retentionMs` where `namespace` would delete them earlier. */
export async function keepRuns(port: number, namespace: string, retentionMs: number): Promise<void> {
  await onConnection(port, async ({ workflowService }) => {
    const { config } = await workflowService.describeNamespace({ namespace });
    const now = config?.workflowExecutionRetentionTtl;
    if (now && tsToMs(now) >= retentionMs) return;
    await workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(retentionMs) },
    });
  });
}

/**
 * A port nobody listens on, `preferred` when it is one. Others come from below the range that systems take outgoing ports
 * from: there a client that keeps trying a dead server could by chance connect to itself and hold its port.
 */
export async function freePort(preferred?: number, taken: readonly number[] = []): Promise<number> {
  if (preferred !== undefined && !taken.includes(preferred) && (await isFree(preferred))) return preferred;
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
}

async function serves({ workflowService }: Connection, namespace: string): Promise<void> {
  await workflowService.describeNamespace({ namespace });
  const nothing = { namespace, execution: { workflowId: 'fenghuo-is-temporal-there' } };
  await workflowService.describeWorkflowExecution(nothing).catch((error: unknown) => {
    if (!isGrpcServiceError(error) || Number(error.code) !== NOT_FOUND) throw error;
  });
}

async function onConnection(port: number, ask: (connection: Connection) => Promise<void>): Promise<void> {
  const connection = await Connection.connect({
    address: `${HOST}:${port}`,
    connectTimeout: '2s',
    interceptors: [],
  });
  try {
    await connection.withDeadline(Date.now() + 5_000, () => ask(connection));
  } finally {
    await connection.close();
  }
}

const reach = (port: number): Promise<void> =>
  new Promise((done, failed) => {
    const socket = connect(port, HOST, () => {
      socket.destroy();
      done();
    }).once('error', failed);
  });

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer()
      .once('error', () => done(false))
      .listen({ port, host: HOST, exclusive: true }, () => server.close(() => done(true)));
  });
