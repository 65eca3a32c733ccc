import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createHttp } from '../../test/harness/http.ts';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { loadOrganisation } from '../people/organisation.ts';
import { loadPlan } from '../plan/load.ts';
import type { Register } from '../store/open.ts';
import { openTestRegister } from '../store/testing.ts';
import { createPayloadCodec } from '../temporal/payload-codec.ts';
import { buildApp } from './app.ts';
import { admitApiKey, newApiKey } from './auth.ts';

const { Payload } = proto.temporal.api.common.v1;

/** The endpoint as Temporal's UI uses it: over HTTP, from another origin. */
const UI = 'https://temporal.example.invalid';
const keys = parseKeyring(`${generateKey('k2')},${generateKey('k1')}`);
const KEY = newApiKey();

let register: Register;
let connection: Connection;
let app: FastifyInstance;
let withoutUi: FastifyInstance;
let base: string;
beforeAll(async () => {
  register = await openTestRegister(keys);
  await admitApiKey(register, KEY, 'test');
  connection = Connection.lazy({ address: '127.0.0.1:1' });
  const deps = {
    register,
    keyring: keys,
    client: new Client({ connection }),
    log: pino({ level: 'silent' }),
    plan: loadPlan('plans/wushen-2025.yaml'),
    organisation: loadOrganisation('plans/organisation.sample.yaml'),
    checkMail: async () => undefined,
    refreshRosters: async () => undefined,
    refreshPlan: async () => undefined,
  };
  app = await buildApp({ ...deps, temporalUiOrigin: UI });
  withoutUi = await buildApp(deps);
  await app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}, 240_000);
afterAll(async () => {
  await app.close();
  await withoutUi.close();
  await connection.close();
  await register.close();
});

interface Payloads {
  payloads: { metadata: Record<string, string>; data: string }[];
}

/** What Temporal has stored for a value, in protobuf's JSON. */
const stored = async (value: unknown, ring = keys): Promise<Payloads['payloads'][number]> => {
  const [payload] = await createPayloadCodec(ring).encode([defaultPayloadConverter.toPayload(value)!]);
  return Payload.toObject(Payload.fromObject(payload!), { bytes: String }) as Payloads['payloads'][number];
};
const clear = ({ data }: { data: string }): unknown => JSON.parse(Buffer.from(data, 'base64').toString());

const asked = { origin: UI, 'x-namespace': 'default' };
const decode = (payloads: unknown[], key: string | null = KEY, headers: Record<string, string> = {}) =>
  createHttp(base, key).post<Payloads>('/codec/decode', { payloads }, { ...asked, ...headers });
const reads = async () =>
  (await createHttp(base, KEY).get<Record<string, unknown>[]>('/api/changes?area=reads')).body;

test('the browser may ask from the address of Temporal’s UI and from no other', async () => {
  const preflight = (origin: string) =>
    fetch(`${base}/codec/decode`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-namespace',
      },
    });
  const allowed = await preflight(UI);
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get('access-control-allow-origin')).toBe(UI);
  expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
  expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
  const foreign = await preflight('https://elsewhere.example.invalid');
  expect(foreign.headers.get('access-control-allow-origin')).not.toBe('https://elsewhere.example.invalid');
  expect(foreign.headers.get('access-control-allow-origin')).not.toBe('*');
  const refused = await decode([await stored('x')], KEY, { origin: 'https://elsewhere.example.invalid' });
  expect(refused).toMatchObject({ status: 403, body: { code: 'OTHER_ORIGIN' } });
});

test('whoever has the key reads clear text, and that is on record with who and where', async () => {
  const before = (await reads()).length;
  const answer = await decode([await stored({ situation: '演示情况' }), await stored('二')]);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
  expect(answer.body.payloads.map(clear)).toEqual([{ situation: '演示情况' }, '二']);
  const [read, ...older] = await reads();
  expect(older).toHaveLength(before);
  expect(read).toMatchObject({
    by: expect.stringMatching(/^key-[0-9a-f]{16}$/),
    via: 'temporal-ui',
    subject: 'temporal payloads',
    to: { namespace: 'default', payloads: 2, undecoded: 0, unknownKeys: [] },
  });
  expect(JSON.stringify(read)).not.toContain('演示情况');
});

test('nobody else does: no key, a wrong one; the page can read the refusal, and nothing is on record', async () => {
  const before = (await reads()).length;
  for (const key of [null, newApiKey()]) {
    const answer = await decode([await stored('演示情况')], key);
    expect(answer).toMatchObject({ status: 401, body: { code: 'API_KEY_REQUIRED' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
    expect(answer.body).not.toHaveProperty('payloads');
  }
  expect(await reads()).toHaveLength(before);
});

test('what cannot be read comes back as it was and says why, and the rest of the batch is read', async () => {
  const foreign = await stored('a', parseKeyring(generateKey('k9')));
  const changed = { ...(await stored('b')), data: Buffer.alloc(60).toString('base64') };
  const open = { metadata: { encoding: Buffer.from('json/plain').toString('base64') }, data: 'IngiCg==' };
  const { status, body } = await decode([foreign, changed, open, await stored('c'), {}]);
  expect(status).toBe(200);
  const [first, second, third, fourth, fifth] = body.payloads;
  const why = (payload: typeof first) =>
    Buffer.from(payload!.metadata['fenghuo-undecoded']!, 'base64').toString();
  expect(first).toMatchObject(foreign);
  expect(why(first)).toBe('key "k9" is not in FENGHUO_KEYS');
  expect(second).toMatchObject(changed);
  expect(why(second)).toMatch('was changed');
  expect([third, clear(fourth!), fifth]).toEqual([open, 'c', {}]);
  expect((await reads())[0]).toMatchObject({ to: { payloads: 5, undecoded: 2, unknownKeys: ['k9'] } });
});

test('what is no batch of payloads is refused in words', async () => {
  const answer = await createHttp(base, KEY).post('/codec/decode', { payloads: 'x' }, asked);
  expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST' } });
});

test('nothing is shown that cannot be put on record', async () => {
  await register.db.execute(sql`alter table change_entry rename to gone`);
  try {
    const answer = await decode([await stored('演示情况')]);
    expect(answer).toMatchObject({ status: 503, body: { code: 'REGISTER_UNAVAILABLE' } });
    expect(answer.body).not.toHaveProperty('payloads');
  } finally {
    await register.db.execute(sql`alter table gone rename to change_entry`);
  }
});

test('nothing is encrypted for anybody', async () => {
  const answer = await createHttp(base, KEY).post('/codec/encode', { payloads: [] }, asked);
  expect(answer).toMatchObject({ status: 403, body: { code: 'ENCODE_REFUSED' } });
});

test('without an address of the UI there is no such endpoint', async () => {
  for (const url of ['/codec/decode', '/codec/encode']) {
    const headers = { authorization: `Bearer ${KEY}` };
    const answer = await withoutUi.inject({ method: 'POST', url, headers, payload: { payloads: [] } });
    expect(answer.statusCode).toBe(404);
  }
});

test('the change record is paged, filtered and verified over the API', async () => {
  const http = createHttp(base, KEY);
  const [last] = (await http.get<{ seq: number }[]>('/api/changes?limit=1')).body;
  const older = (await http.get<{ seq: number }[]>(`/api/changes?before=${last!.seq}&limit=1`)).body;
  expect(older.map(({ seq }) => seq)).toEqual([last!.seq - 1]);
  expect((await http.get('/api/changes?area=people')).body).toEqual([]);
  expect((await http.get('/api/changes?area=nothing')).status).toBe(422);
  expect((await http.post('/api/changes/verify')).body).toMatchObject({ entries: last!.seq, problems: [] });
  const known = { seq: 1, hash: 'f'.repeat(64) };
  expect((await http.post('/api/changes/verify', { known })).body).toMatchObject({
    problems: [{ seq: 1, code: 'NOT_ANCHORED' }],
  });
  expect((await createHttp(base, null).get('/api/changes')).status).toBe(401);
});
