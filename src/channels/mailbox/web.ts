import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAILBOX_CSP, listPage, messagePage, notFoundPage } from './page.ts';
import type { MailboxStore } from './store.ts';

export interface MailboxWeb {
  url: string;
  close(): Promise<void>;
}

const SHOWN = 200;

/** Under another name a stranger's web page could have its reader's browser fetch the mails (DNS rebinding). */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * The mailbox's page on 127.0.0.1 unless told otherwise, but answering to no other name: `GET /` the newest {@link SHOWN} mails, `GET /messages/<id>` one, `GET /messages.json`
 * all of them as {@link MailboxMessage}[] (`?limit=n` the newest n). `port` 0 takes a free one. Rejects when it is taken.
 */
export async function startMailboxWeb(
  port: number,
  store: MailboxStore,
  timeZone: string,
  host = '127.0.0.1',
): Promise<MailboxWeb> {
  const server = createServer((request, response) => {
    answer(request, store, timeZone)
      .catch(() => ({
        status: 500,
        type: 'text/plain',
        body: '信箱暂时无法读取。The mailbox cannot be read now.\n',
      }))
      .then((reply) => send(response, reply))
      .catch(() => response.destroy());
  });
  const listening = once(server, 'listening'); // rejects on 'error'
  server.listen(port, host);
  await listening;
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Reply {
  status: number;
  type: string;
  body: string;
}

const html = (body: string, status = 200): Reply => ({ status, type: 'text/html', body });

async function answer(request: IncomingMessage, store: MailboxStore, timeZone: string): Promise<Reply> {
  if (!LOOPBACK.test(request.headers.host ?? ''))
    return { status: 421, type: 'text/plain', body: 'loopback only\n' };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, type: 'text/plain', body: 'read only\n' };
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mailbox.invalid');
  if (pathname === '/') return html(listPage(await store.list(SHOWN), timeZone));
  if (pathname === '/messages.json') {
    const limit = /^\d{1,6}$/.exec(searchParams.get('limit') ?? '')?.[0];
    const messages = await store.list(limit === undefined ? undefined : Number(limit));
    return { status: 200, type: 'application/json', body: JSON.stringify(messages) };
  }
  const message = await store.read(pathname.replace(/^\/messages\//, ''));
  return message ? html(messagePage(message, timeZone)) : html(notFoundPage(), 404);
}

function send(response: ServerResponse, { status, type, body }: Reply): void {
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Security-Policy': MAILBOX_CSP,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer', // a link's target must not learn the mailbox's address
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}
