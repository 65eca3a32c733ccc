import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { listChanges } from '../store/changes.ts';
import { verifyChanges } from '../store/changes-verify.ts';
import { waitingChanges } from '../store/waiting-changes.ts';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

/** The change record is damaged: who is to be out gets out, and nobody gets in. */
jest.setTimeout(240_000);

let api: TestApi;
let leader: Record<string, string>;
beforeAll(async () => {
  api = await openTestApi();
  await testAccount(api, { name: 'leader', role: 'dutyLeader', person: 'deputy-1', jurisdiction: 'banner' });
  leader = await signedIn(api, 'leader');
});
afterAll(() => api.close());

const ask = async (method: string, url: string, payload?: object, headers?: Record<string, string>) => {
  const answer = await api.app.inject({
    method: method as 'GET',
    url,
    headers: headers ?? { authorization: `Bearer ${api.key}` },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

async function damaged(work: () => Promise<void>): Promise<void> {
  const { db } = api.register;
  await db.execute(sql`update change_head set mac = reverse(mac)`);
  await work();
  await db.execute(sql`update change_head set mac = reverse(mac)`);
}

test('rights are taken away while the change record is broken, and go on record in their order when it is whole', async () => {
  const officer = { name: 'jia.one', role: 'officer' as const, person: 'jia-1', jurisdiction: 'office-jia' };
  const { id } = await testAccount(api, { ...officer, oidcSubject: 'zhao' });
  const session = await signedIn(api, 'jia.one');
  const technician = await testAccount(api, {
    name: 'technician',
    role: 'administrator',
    jurisdiction: 'banner',
  });
  const { body: key } = await ask('POST', '/api/api-keys', { name: '定位平台', expiresAt: inAnHour() });
  const grant = await ask(
    'POST',
    '/api/identity-grants',
    { account: technician.id, until: inAnHour(), reason: '排查故障' },
    leader,
  );

  await damaged(async () => {
    const done = { status: 200, body: { recorded: false } };
    expect(await ask('PATCH', `/api/accounts/${id}`, { oidcSubject: null })).toMatchObject(done);
    expect(await ask('PATCH', `/api/accounts/${id}`, { expiresAt: inAnHour() })).toMatchObject(done);
    expect(await ask('PATCH', `/api/accounts/${id}`, { disabled: true })).toMatchObject(done);
    expect((await ask('GET', '/api/session', undefined, session)).status).toBe(401);
    expect(await ask('DELETE', `/api/api-keys/${String(key.id)}`)).toMatchObject(done);
    const asKey = { authorization: `Bearer ${String(key.key)}` };
    expect((await ask('GET', '/api/offices', undefined, asKey)).body).toMatchObject({
      code: 'API_KEY_EXPIRED',
    });
    const ended = await ask('DELETE', `/api/identity-grants/${String(grant.body.id)}`, undefined, leader);
    expect(ended).toMatchObject(done);
    expect(
      await ask('DELETE', `/api/identity-grants/${String(grant.body.id)}`, undefined, leader),
    ).toMatchObject({
      status: 404,
    });
  });
  expect(await waitingChanges(api.register)).toBe(5);

  // The next change of any kind takes along what waited.
  expect((await ask('PATCH', `/api/accounts/${id}`, { disabled: false })).status).toBe(200);
  expect(await waitingChanges(api.register)).toBe(0);
  const changes = (await listChanges(api.register, { area: 'rights', limit: 6 })).reverse();
  expect(changes.map(({ subject }) => subject)).toEqual([
    'account jia.one',
    'account jia.one',
    'account jia.one',
    `api key ${String(key.id)}`,
    `identities for account ${technician.id}`,
    'account jia.one',
  ]);
  const taken = changes.slice(0, 5).map(({ to }) => to as Record<string, unknown>);
  expect(taken).toMatchObject([
    { singleSignOn: false },
    { expiresAt: expect.any(String) },
    { disabled: true },
    { expired: true },
    { until: expect.any(String) },
  ]);
  for (const { doneAt } of taken) expect(doneAt).toEqual(expect.any(String));
  expect((await verifyChanges(api.register)).problems).toEqual([]);
});

test('nothing is given while it is broken, however it is mixed with what is taken', async () => {
  const { id } = await testAccount(api, {
    name: 'yi.one',
    role: 'officer',
    person: 'yi-1',
    jurisdiction: 'office-yi',
  });
  await damaged(async () => {
    const refused = { status: 503, body: { code: 'CHANGE_RECORD_BROKEN' } };
    const giving = [
      { role: 'leadingGroupOffice' },
      { jurisdiction: 'banner' },
      { resetPassword: true },
      { oidcSubject: 'qian' },
      { disabled: true, jurisdiction: 'banner' },
    ];
    for (const body of giving) expect(await ask('PATCH', `/api/accounts/${id}`, body)).toMatchObject(refused);
    const newcomer = { name: 'newcomer', role: 'officer', person: 'yi-2' };
    expect(await ask('POST', '/api/accounts', newcomer)).toMatchObject(refused);
    expect(await ask('POST', '/api/api-keys', { name: '另一平台', expiresAt: inAnHour() })).toMatchObject(
      refused,
    );
  });
  const { body } = await ask('GET', '/api/accounts');
  expect(body).toContainEqual(
    expect.objectContaining({ name: 'yi.one', jurisdiction: 'office-yi', disabledAt: null }),
  );
  expect(body).not.toContainEqual(expect.objectContaining({ name: 'newcomer' }));
  expect(await waitingChanges(api.register)).toBe(0);
});

test('a later end is given, an earlier one is taken; what takes nothing says so as before', async () => {
  const { id } = await testAccount(api, {
    name: 'auditor',
    role: 'auditor',
    jurisdiction: 'city',
    expiresAt: inAnHour(),
  });
  await damaged(async () => {
    const later = new Date(Date.now() + 7_200_000).toISOString();
    expect((await ask('PATCH', `/api/accounts/${id}`, { expiresAt: later })).status).toBe(503);
    const sooner = new Date(Date.now() + 60_000).toISOString();
    expect((await ask('PATCH', `/api/accounts/${id}`, { expiresAt: sooner })).status).toBe(200);
  });
  expect(await ask('PATCH', `/api/accounts/${id}`, { disabled: true })).toMatchObject({
    body: { recorded: true },
  });
});

test('whoever has left the organisation can still be locked out', async () => {
  const { id } = await testAccount(api, {
    name: 'gone',
    role: 'officer',
    person: 'nobody-any-more',
    jurisdiction: 'office-jia',
  });
  expect(await ask('PATCH', `/api/accounts/${id}`, { jurisdiction: 'office-yi' })).toMatchObject({
    body: { code: 'UNKNOWN_PERSON' },
  });
  expect(await ask('PATCH', `/api/accounts/${id}`, { disabled: true })).toMatchObject({
    status: 200,
    body: { account: { disabledAt: expect.any(String) }, recorded: true },
  });
});

test('a lock that is set while another change of the account is under way stays', async () => {
  const { id } = await testAccount(api, {
    name: 'bing.one',
    role: 'officer',
    person: 'bing-1',
    jurisdiction: 'office-bing',
  });
  // Somebody locks it after the change has read the account, and before it writes.
  await meanwhile(`update account set disabled_at = now() where name = 'bing.one'`, async () => {
    expect((await ask('PATCH', `/api/accounts/${id}`, { role: 'leadingGroupOffice' })).status).toBe(200);
  });
  const { body } = await ask('GET', '/api/accounts');
  expect(body).toContainEqual(
    expect.objectContaining({
      name: 'bing.one',
      role: 'leadingGroupOffice',
      disabledAt: expect.any(String),
    }),
  );
});

test('a change that begins to wait while those before it are written is for the next time, and not lost', async () => {
  const { id } = await testAccount(api, {
    name: 'yi.two',
    role: 'officer',
    person: 'yi-2',
    jurisdiction: 'office-yi',
  });
  const late = { by: 'late', via: 'late', area: 'rights', subject: 'account late', from: null, to: {} };
  const waits = `insert into waiting_change (done_at, change) values (now(), '${JSON.stringify(late)}')`;
  await meanwhile(waits, async () => {
    const done = { status: 200, body: { recorded: true } };
    expect(await ask('PATCH', `/api/accounts/${id}`, { disabled: true })).toMatchObject(done);
  });
  expect(await waitingChanges(api.register)).toBe(1);

  expect((await ask('PATCH', `/api/accounts/${id}`, { disabled: false })).status).toBe(200);
  expect(await waitingChanges(api.register)).toBe(0);
  const changes = await listChanges(api.register, { area: 'rights', limit: 3 });
  expect(changes.map(({ subject }) => subject)).toEqual(['account yi.two', 'account late', 'account yi.two']);
});

/** Something else happens in the register at the moment when a change is put on record. */
async function meanwhile(statement: string, work: () => Promise<void>): Promise<void> {
  const { db } = api.register;
  await db.execute(
    sql.raw(`create function meanwhile() returns trigger language plpgsql as
             $$ begin ${statement}; return null; end $$`),
  );
  await db.execute(sql`create trigger meanwhile after insert on change_entry execute function meanwhile()`);
  await work();
  await db.execute(sql`drop function meanwhile cascade`);
}
