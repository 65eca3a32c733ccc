import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { report } from '../harness/incident.ts';
import { createHttp } from '../harness/http.ts';
import { needGround } from '../harness/ground.ts';
import { startProduction, type Production } from '../harness/production.ts';
import { receiptLink } from '../harness/mail.ts';

/** Two workers and two APIs behind the proxy are one system: whichever is asked gives the same answer. */
let system: Production;
beforeAll(async () => {
  system = await startProduction(needGround());
});
afterAll(() => system?.leave());

test('every process is well, and a worker says that it takes work', async () => {
  for (const name of ['api-1', 'api-2'] as const) {
    const { status, body } = await createHttp(system.at(name), null).get<{ status: string }>('/readyz');
    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'ready' } });
  }
  for (const name of ['worker-1', 'worker-2'] as const) {
    const health = createHttp(system.at(name), null);
    expect(await health.get('/healthz')).toMatchObject({ status: 200 });
    expect(await health.get('/readyz')).toMatchObject({
      status: 200,
      body: { worker: 'running', temporal: 'ok', register: 'ok' },
    });
    expect((await health.get('/api/incidents')).status).toBe(404);
  }
});

test('an incident through the proxy: told once by either worker, acknowledged, closed, and its chain holds', async () => {
  const incident = await report(system);
  const mail = await system.smtp.nextMessage();
  const page = await fetch(receiptLink(mail));
  expect([page.status, new URL(receiptLink(mail)).origin]).toEqual([200, system.url]);
  const detail = await incident.close();
  expect(detail.status).toBe('closed');
  const told = incident.mails().map(({ messageId }) => messageId);
  expect(new Set(told).size).toBe(told.length);
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
});

test('who signs in at one API is known at the other, and signed out there as well', async () => {
  const [first, second] = [createHttp(system.at('api-1'), null), createHttp(system.at('api-2'), null)];
  const account = { name: 'jia.one', role: 'officer', person: 'jia-1' };
  const made = await system.post<{ oneTimePassword: string }>('/api/accounts', account);
  expect(made.status).toBe(201);
  const here = { 'x-fenghuo': '1' };
  const credentials = { name: account.name, password: made.body.oneTimePassword };
  const signedIn = await first.post('/api/session', credentials, here);
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]!);
  const headers = { ...here, cookie: cookie.join('; ') };
  expect((await second.get('/api/session', headers)).status).toBe(200);

  const signedOut = await fetch(new URL('/api/session', system.at('api-1')), { method: 'DELETE', headers });
  expect(signedOut.status).toBe(204);
  expect(await second.get('/api/session', headers)).toMatchObject({
    status: 401,
    body: { code: 'SESSION_ENDED' },
  });
});

test('what is reported at one API is heard at the other, and a listener goes on there where the first left off', async () => {
  const first = await listen('api-1');
  const { id } = await report({ ...createHttp(system.at('api-2'), system.apiKey), smtp: system.smtp });
  const heard = await first.until((event) => event.data.includes(id));
  first.leave();
  const other = await report(system);
  const second = await listen('api-2', heard.id);
  const next = await second.until((event) => event.data.includes(other.id));
  expect(Number(next.id)).toBeGreaterThan(Number(heard.id));
  second.leave();
});

interface Heard {
  id: string;
  data: string;
}

async function listen(api: 'api-1' | 'api-2', after?: string) {
  const leaving = new AbortController();
  const answer = await fetch(new URL('/api/events', system.at(api)), {
    signal: leaving.signal,
    headers: {
      authorization: `Bearer ${system.apiKey}`,
      accept: 'text/event-stream',
      ...(after ? { 'last-event-id': after } : {}),
    },
  });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async until(fits: (event: Heard) => boolean): Promise<Heard> {
      for (;;) {
        const events = [...text.matchAll(/^id: (\d+)\nevent: incident\ndata: (.*)\n\n/gm)];
        const found = events.map(([, id, data]) => ({ id: id!, data: data! })).find(fits);
        if (found) return found;
        text += (await reader.read()).value ?? '';
      }
    },
    leave: () => leaving.abort(),
  };
}
