import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { openTestApi, signedIn, testAccount, type TestApi } from './testing.ts';

jest.setTimeout(240_000);

let api: TestApi;
let officer: Record<string, string>;
beforeEach(async () => {
  api = await openTestApi();
  await testAccount(api, { name: 'jia.one', role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' });
  officer = await signedIn(api, 'jia.one');
});
afterEach(() => api.close());

const alarm = async (headers: Record<string, string>) => {
  const payload = { office: 'jia', situation: '测试' };
  const answer = await api.app.inject({ method: 'POST', url: '/api/incidents', headers, payload });
  return answer.json<{ code: string }>().code;
};
/** It got as far as Temporal, which refuses everything here: nothing of ours was in its way. */
const ON_ITS_WAY = 'TEMPORAL_UNAVAILABLE';

test('an alarm of somebody signed in goes out while the register is down; a stranger is told that it is', async () => {
  const unused = await signedIn(api, 'jia.one');
  const get = await api.app.inject({ method: 'GET', url: '/api/session', headers: officer });
  expect(get.statusCode).toBe(200);
  await api.register.close();
  expect(await alarm(officer)).toBe(ON_ITS_WAY);
  expect(await alarm(unused)).toBe(ON_ITS_WAY); // signed in here, if never used since
  expect(await alarm({ cookie: 'fenghuo_session=nobody', 'x-fenghuo': '1' })).toBe('REGISTER_UNAVAILABLE');
});

test('too many requests are refused, and never the alarm of somebody signed in', async () => {
  const codes = new Set<number>();
  for (let i = 0; i < 620; i++) {
    const { statusCode } = await api.app.inject({ method: 'GET', url: '/api/offices', headers: officer });
    codes.add(statusCode);
  }
  expect([...codes]).toEqual([200, 429]);
  expect(await alarm(officer)).toBe(ON_ITS_WAY);
});

test('an alarm does not wait for a new password', async () => {
  await api.register.db.execute('update account set must_change_password = true');
  const other = await api.app.inject({ method: 'GET', url: '/api/offices', headers: officer });
  expect(other.json()).toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' });
  expect(await alarm(officer)).toBe(ON_ITS_WAY);
});
