import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addApiKey } from '../store/api-keys.ts';
import { openTestApi, testIncident, type TestApi } from './testing.ts';
import { fingerprint, newApiKey } from './token.ts';

/** A key with which another system reports incidents, and which opens nothing else. */
let api: TestApi;
const key = newApiKey();
beforeAll(async () => {
  api = await openTestApi();
  await addApiKey(api.register, { id: 'key-intake', name: '测试', hash: fingerprint(key), scope: 'intake' });
}, 240_000);
afterAll(() => api.close());

const ask = (url: string, method: 'GET' | 'POST' = 'GET') =>
  api.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${key}` },
    ...(method === 'POST' ? { payload: { by: 'jia-1', key: 'x' } } : {}),
  });

test.each([
  '/api/people/jia-1/messages', // receipt links stand in them
  '/api/rosters/jia',
  '/api/incidents',
  '/api/handovers',
  '/api/changes',
  '/api/accounts',
  '/api/session',
])('a key for intake may not read %s', async (url) => {
  expect((await ask(url)).json()).toMatchObject({ code: 'SCOPE_MISSING' });
});

test('nor act, nor see what others have reported', async () => {
  const { id } = await testIncident(api.register, 'jia');
  expect((await ask(`/api/incidents/${id}/calls`, 'POST')).json()).toMatchObject({ code: 'SCOPE_MISSING' });
  expect((await ask(`/api/incidents/${id}`)).json()).toMatchObject({ code: 'UNKNOWN_INCIDENT' });
  expect((await ask('/api/offices')).statusCode).toBe(200);
});
