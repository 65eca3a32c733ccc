import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { loadOrganisation, type Organisation } from '../people/organisation.ts';
import { buildApp } from './app.ts';
import { openTestApi, signedIn, testAccount, testIncident, type TestApi } from './testing.ts';

/** A judicial office comes under another township while an incident of it is open: the file changes, and the server starts anew. */
const before = loadOrganisation('plans/organisation.sample.yaml');
const after: Organisation = {
  ...before,
  jurisdictions: before.jurisdictions!.map((each) =>
    each.id === 'office-jia' ? { ...each, within: 'town-yi' } : each,
  ),
};

const OPEN_AFTER = 5;
let api: TestApi;
let moved: FastifyInstance;
let incident: string;
let sessions: { old: Headers; next: Headers; office: Headers };
type Headers = Awaited<ReturnType<typeof signedIn>>;

beforeAll(async () => {
  api = await openTestApi(before);
  moved = await buildApp({ ...api.deps, organisation: after });
  incident = (await testIncident(api.register, 'jia', OPEN_AFTER)).id;
  const account = async (
    name: string,
    jurisdiction: string,
    role: 'townshipCommand' | 'officer',
    person: string,
  ) => {
    await testAccount(api, { name, jurisdiction, role, person });
    return signedIn(api, name);
  };
  sessions = {
    old: await account('town-jia', 'town-jia', 'townshipCommand', 'township-jia-1'),
    next: await account('town-yi', 'town-yi', 'townshipCommand', 'township-yi-1'),
    office: await account('office-jia', 'office-jia', 'officer', 'jia-1'),
  };
});
afterAll(async () => {
  await moved.close();
  await api.close();
});

/** Who reads the open incident, who finds it in their list, and who may add to it (whatever else is said to that). */
async function reached(app: FastifyInstance, headers: Headers): Promise<boolean[]> {
  const ask = (method: 'GET' | 'POST', url: string) =>
    app.inject({ method, url, headers, ...(method === 'POST' ? { payload: {} } : {}) });
  const read = await ask('GET', `/api/incidents/${incident}`);
  const listed = (await ask('GET', '/api/incidents?status=open')).json<{ id: string }[]>();
  const written = await ask('POST', `/api/incidents/${incident}/facts`);
  return [read.statusCode === 200, listed.some(({ id }) => id === incident), written.statusCode !== 404];
}

test('before the move the old township reaches the open incident, and the other does not', async () => {
  expect(await reached(api.app, sessions.old)).toEqual([true, true, true]);
  expect(await reached(api.app, sessions.next)).toEqual([false, false, false]);
  expect(await reached(api.app, sessions.office)).toEqual([true, true, true]);
});

test('after it the new township does, the old one does not, and the office goes on as before', async () => {
  expect(await reached(moved, sessions.old)).toEqual([false, false, false]);
  expect(await reached(moved, sessions.next)).toEqual([true, true, true]);
  expect(await reached(moved, sessions.office)).toEqual([true, true, true]);
});
