import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Request {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** The body as it came. */
  text: string;
}

/** What is answered; null for nothing at all, until the server stops. */
export type Reply = { status: number; body?: unknown } | null;

export interface JsonServer {
  /** Stays the same over {@link stop} and {@link start}. */
  url: string;
  /** Cuts open connections and refuses new ones. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A real HTTP server on 127.0.0.1 that answers JSON (a string as it stands). */
export async function startJsonServer(
  answer: (request: Request) => Reply | Promise<Reply>,
): Promise<JsonServer> {
  let port = 0;
  let server: Server | null = null;

  async function start(): Promise<void> {
    const next = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
        const reply = await answer({
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          text: Buffer.concat(chunks).toString(),
        });
        if (reply === null) return;
        response.writeHead(reply.status, { 'content-type': 'application/json; charset=utf-8' });
        response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {}));
      })().catch(() => response.destroy()); // a client cut off by stop()
    });
    next.listen(port, '127.0.0.1');
    await once(next, 'listening');
    port = (next.address() as AddressInfo).port;
    server = next;
  }

  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    start,
    async stop() {
      const old = server;
      server = null;
      if (!old) return;
      const closed = once(old, 'close');
      old.close();
      old.closeAllConnections();
      await closed;
    },
  };
}
