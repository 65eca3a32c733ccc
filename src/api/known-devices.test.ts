import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { changeAccount } from '../store/accounts.ts';
import { DEVICE_COOKIE } from './known-devices.ts';
import { SESSION_COOKIE } from './known-sessions.ts';
import { OWN_HEADER } from './same-origin.ts';
import { openTestApi, PASSWORD, testAccount, type TestApi } from './testing.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  for (const name of ['jia.one', 'jia.two', 'jia.gone'])
    await testAccount(api, { name, role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' });
}, 240_000);
afterAll(() => api.close());

/** The cookies a browser has after signing in. */
async function signInAs(name: string): Promise<Record<string, string>> {
  const payload = { name, password: PASSWORD };
  const answer = await api.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { [OWN_HEADER]: '1' },
    payload,
  });
  return Object.fromEntries(answer.cookies.map(({ name: cookie, value }) => [cookie, value]));
}
const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, cookies: Record<string, string>, own = true) =>
  api.app.inject({
    method,
    url,
    cookies,
    headers: own ? { [OWN_HEADER]: '1' } : {},
    ...(method === 'POST' ? { payload: { office: 'jia', situation: '失联' } } : {}),
  });
/** Temporal refuses everything here: what gets as far as that has been let in. */
const letIn = async (answer: ReturnType<typeof ask>): Promise<boolean> => (await answer).statusCode >= 500;

test('an alarm from a device that is known is taken when the session has ended; nothing else is', async () => {
  const cookies = await signInAs('jia.one');
  await api.register.db.execute(sql`delete from session`);
  expect(await letIn(ask('POST', '/api/incidents', cookies))).toBe(true);
  expect((await ask('GET', '/api/incidents', cookies)).statusCode).toBe(401);
  const { [DEVICE_COOKIE]: device } = cookies;
  expect(await letIn(ask('POST', '/api/incidents', { [DEVICE_COOKIE]: device! }))).toBe(true);
});

test('an alarm from a device nobody knows is refused, and so is one that another site makes a known device send', async () => {
  expect((await ask('POST', '/api/incidents', { [DEVICE_COOKIE]: 'guessed' })).statusCode).toBe(401);
  const { [DEVICE_COOKIE]: device } = await signInAs('jia.one');
  const crossSite = await ask('POST', '/api/incidents', { [DEVICE_COOKIE]: device! }, false);
  expect(crossSite.json()).toMatchObject({ code: 'CROSS_SITE' });
});

test('whoever signs out leaves no known device behind, and neither does an account that is disabled', async () => {
  const cookies = await signInAs('jia.two');
  const { [DEVICE_COOKIE]: device, [SESSION_COOKIE]: session } = cookies;
  expect(session).toBeDefined();
  expect((await ask('DELETE', '/api/session', cookies)).statusCode).toBe(204);
  expect((await ask('POST', '/api/incidents', { [DEVICE_COOKIE]: device! })).statusCode).toBe(401);

  const gone = await signInAs('jia.gone');
  const { rows } = (await api.register.db.execute(sql`select id from account where name = 'jia.gone'`)) as {
    rows: { id: string }[];
  };
  await changeAccount(api.register, rows[0]!.id, { disabledAt: '2026-03-02T00:00:00.000Z' });
  const { [DEVICE_COOKIE]: old } = gone;
  expect((await ask('POST', '/api/incidents', { [DEVICE_COOKIE]: old! })).statusCode).toBe(401);
});
