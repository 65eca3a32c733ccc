import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { NO_ANCHOR, type Anchor } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { changeAccount, type AccountRow } from '../store/accounts.ts';
import { sampleIncident, type SampleIncident } from '../store/sample-incident.ts';
import { buildApp } from './app.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

/** Two API processes, as far as the register can tell, each listening. */
let api: TestApi;
let second: FastifyInstance;
let account: AccountRow;
beforeAll(async () => {
  api = await openTestApi();
  second = await buildApp(api.deps);
  for (const app of [api.app, second]) await app.listen({ host: '127.0.0.1', port: 0 });
  account = await testAccount(api, {
    name: 'jia.one',
    role: 'officer',
    person: 'jia-1',
    jurisdiction: 'office-jia',
  });
});
afterAll(async () => {
  await second.close();
  await api.close();
});

interface Heard {
  id: number;
  event: string;
  data: { id?: string; kind?: string; number?: string };
}

/** Opens a stream and reads event by event; null once it has ended. */
async function listen(app: FastifyInstance, headers: Record<string, string>) {
  const { port } = app.server.address() as AddressInfo;
  const leave = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${port}/api/events`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leave.signal,
  });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Heard | null> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        const { value, done } = await reader.read();
        if (done) return null;
        text += value;
        continue;
      }
      const lines = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => line.split(/: (.*)/s, 2) as [string, string]),
      );
      text = text.slice(end + 2);
      if (lines.has('event'))
        return {
          id: Number(lines.get('id')),
          event: lines.get('event')!,
          data: JSON.parse(lines.get('data')!),
        };
    }
  };
  return { answer, next, leave: () => leave.abort() };
}

/** An incident of an office that goes on entry by entry. */
function begun(office: string): {
  incident: SampleIncident;
  write(first: number, last: number): Promise<unknown>;
} {
  const incident = sampleIncident();
  const [reported] = incident.entries;
  if (reported?.kind === 'incidentReported') reported.data = { ...reported.data, office };
  let anchor: Anchor = NO_ANCHOR;
  return {
    incident,
    async write(first, last) {
      ({ anchor } = await append(api.register, incident.batch(first, last), anchor));
    },
  };
}

test('whoever listens to any process hears what happens in their jurisdiction, and that alone', async () => {
  const officer = await signedIn(api, 'jia.one');
  const heard = await listen(second, officer);
  expect(heard.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect((await heard.next())!.event).toBe('hello');
  await begun('yi').write(1, 2);
  const ours = begun('jia');
  await ours.write(1, 1);
  const notice = await heard.next();
  expect(notice).toEqual({
    id: expect.any(Number),
    event: 'incident',
    data: {
      id: ours.incident.id,
      kind: 'incidentReported',
      number: expect.stringContaining('WS-'),
      at: ours.incident.entries[0]!.at,
    },
  });
  heard.leave();
});

test('a lost connection resumes where it was, at another process: nothing is missed, nothing comes twice', async () => {
  const officer = await signedIn(api, 'jia.one');
  const ours = begun('jia');
  await ours.write(1, 1);
  const before = await listen(api.app, officer);
  const { id } = (await before.next())!;
  before.leave();
  await ours.write(2, 4);
  const after = await listen(second, { ...officer, 'last-event-id': String(id) });
  await ours.write(5, 5);
  const kinds: string[] = [];
  while (kinds.length < 4) {
    const heard = await after.next(); // its `hello` comes between: this process may have heard less than the first
    if (heard?.event === 'incident') kinds.push(heard.data.kind!);
  }
  expect(kinds).toEqual(['branchEntered', 'stageOpened', 'stageEnded', 'branchEntered']);
  after.leave();
});

test.each(['99999999', 'nonsense'])(
  'a place that is not known here (%s) is answered with a reset',
  async (id) => {
    const heard = await listen(api.app, { ...(await signedIn(api, 'jia.one')), 'last-event-id': id });
    expect((await heard.next())!.event).toBe('reset');
    heard.leave();
  },
);

test('the stream ends with the session: by signing out, or when the account is disabled', async () => {
  const officer = await signedIn(api, 'jia.one');
  const signedOut = await listen(second, officer);
  const other = await listen(second, await signedIn(api, 'jia.one'));
  for (const each of [signedOut, other]) expect((await each.next())!.event).toBe('hello');
  await api.app.inject({ method: 'DELETE', url: '/api/session', headers: officer });
  expect(await signedOut.next()).toBeNull();
  const ours = begun('jia');
  await ours.write(1, 1);
  expect((await other.next())!.data.kind).toBe('incidentReported');
  await changeAccount(api.register, account.id, { disabledAt: '2026-03-05T00:00:00.000Z' });
  expect(await other.next()).toBeNull();
  await changeAccount(api.register, account.id, { disabledAt: null });
});

test('a reader who does not read is told to read everything anew, and holds nobody else up', async () => {
  const key = { authorization: `Bearer ${api.key}` };
  const { port } = api.app.server.address() as AddressInfo;
  const asleep = connect(port, '127.0.0.1');
  const headers = `host: here\r\naccept: text/event-stream\r\nauthorization: ${key.authorization}`;
  asleep.write(`GET /api/events HTTP/1.1\r\n${headers}\r\n\r\n`);
  await once(asleep, 'data');
  asleep.pause();
  const { incident, write } = begun('jia');
  await write(1, 1);
  // More than all buffers between the two take.
  const many = 100_000;
  await api.register.db.execute(sql`insert into happening (incident_id, seq, office, kind, at)
    select ${incident.id}::uuid, 2, 'jia', 'stageOpened', now() from generate_series(1, ${many}::int)`);
  const awake = await listen(api.app, key);
  await awake.next();
  await write(2, 2);
  for (let heard = await awake.next(); heard?.data.kind !== 'branchEntered' && heard?.event !== 'reset';)
    heard = await awake.next();
  awake.leave();
  let text = '';
  asleep.on('data', (chunk) => (text += String(chunk)));
  asleep.resume();
  while (!text.includes('event: reset')) await once(asleep, 'data');
  expect(text.split('event: incident').length).toBeLessThan(many);
  asleep.destroy();
});

test('without asking for a stream there is none', async () => {
  const answer = await api.app.inject({
    url: '/api/events',
    headers: { authorization: `Bearer ${api.key}` },
  });
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([406, 'EVENT_STREAM_ONLY']);
});
