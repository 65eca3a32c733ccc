import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { LightMyRequestResponse } from 'fastify';
import { ROUTE_RIGHTS, type RouteRight } from '../accounts/rights.ts';
import { actsAsPerson, reachOf, RIGHTS, ROLES, type Reach, type Role } from '../accounts/roles.ts';
import { loadOrganisation } from '../people/organisation.ts';
import { openTestApi, signedIn, testAccount, testIncident, type TestApi } from './testing.ts';

/** One office in the jurisdiction of every account, one below it, one beside it, one above it. */
const PLACES = ['own', 'child', 'sibling', 'parent'] as const;
type Place = (typeof PLACES)[number];
const office = (place: Place, at: string) =>
  `  - { id: ${place}, name: 虚构${place}, party: judicialOffice, in: ${at}, callBack: 000-0000-0101, contacts: [zhao] }`;
const organisation = loadOrganisation({
  name: 'organisation.yaml',
  text: `key: invented
name: 虚构旗司法局
numberPrefix: XG
jurisdictions:
  - { id: county, name: 虚构旗, level: county }
  - { id: town, name: 虚构镇, level: township, within: county }
  - { id: other-town, name: 另一虚构镇, level: township, within: county }
  - { id: village, name: 虚构所, level: office, within: town }
bodies:
${[office('own', 'town'), office('child', 'village'), office('sibling', 'other-town'), office('parent', 'county')].join('\n')}
people:
  - { id: zhao, name: 虚构赵, post: 工作人员, body: own }
`,
});

const WITHIN: Record<Reach, readonly Place[]> = {
  own: ['own'],
  below: ['own', 'child'],
  everywhere: PLACES,
};

/** Something for every act; what does not suit a route is refused by it later than rights and reach are asked. */
const BODY = { outcome: 'done', evidence: '测试', branch: 'violentAct', reason: '测试', office: 'nowhere' };
const STRANGER = '9b2f6c7e-0000-4000-8000-000000000000';

jest.setTimeout(240_000);

let api: TestApi;
const incidents = {} as Record<Place, string>;
const sessions = {} as Record<Role, Awaited<ReturnType<typeof signedIn>>>;

beforeAll(async () => {
  api = await openTestApi(organisation, { floods: { account: 100_000 } }); // every route, by every role
  for (const place of PLACES) incidents[place] = (await testIncident(api.register, place)).id;
  for (const role of ROLES) {
    const person = actsAsPerson(role) ? 'zhao' : null;
    await testAccount(api, { name: role.toLowerCase(), role, person, jurisdiction: 'town' });
    sessions[role] = await signedIn(api, role.toLowerCase());
  }
});
afterAll(() => api.close());

const isOfIncident = (route: string): boolean => route.includes('/api/incidents/:id');
const isOfBody = (route: string): boolean => route.includes('/api/rosters/:body');

async function call(route: string, place: Place, headers: Record<string, string>) {
  const [method, pattern = ''] = route.split(' ');
  const url = pattern
    .replace(/\*$/, '')
    .replace(':id', isOfIncident(route) ? incidents[place] : STRANGER)
    .replace(':stage', '2.policeCall')
    .replace(':body', place)
    .replace(/:(token|key|code|person)/, 'nobody');
  return api.app.inject({
    method: method as 'GET',
    url,
    headers,
    ...(method === 'GET' || method === 'DELETE' ? {} : { payload: BODY }),
  });
}

const codeOf = ({ statusCode, body }: LightMyRequestResponse): string =>
  statusCode >= 400 && body.startsWith('{') ? String((JSON.parse(body) as { code: string }).code) : '';

/** What the table says of a call, as the word that `judged` finds in its answer. */
function expected({ needs }: RouteRight, route: string, role: Role, place: Place): string {
  if (needs === 'open' || needs === 'signedIn') return 'allowed';
  const reach = reachOf(role, needs);
  if (reach === null) return 'right missing';
  if (WITHIN[reach].includes(place)) return 'allowed';
  if (isOfBody(route)) return 'BODY_OUT_OF_REACH';
  return isOfIncident(route) ? 'no such incident' : 'allowed';
}

function judged(answer: LightMyRequestResponse): string {
  const code = codeOf(answer);
  if (answer.statusCode === 403 && code === 'RIGHT_MISSING') return 'right missing';
  if (answer.statusCode === 404 && code === 'UNKNOWN_INCIDENT') return 'no such incident';
  return [401, 403].includes(answer.statusCode) || code === 'REGISTER_UNAVAILABLE' ? code : 'allowed';
}

const AT_ONCE = 8;
const chunksOf = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

const routes = Object.entries(ROUTE_RIGHTS).filter(([, { optional }]) => !optional);

test.each(ROLES)(
  'every route as %s, for incidents and rosters of its own, a lower, a neighbouring and a higher jurisdiction',
  async (role) => {
    const asked = routes.flatMap(([route, right]) => PLACES.map((place) => ({ route, right, place })));
    const signsOut = ({ route }: { route: string }) => route === 'DELETE /api/session';
    const answered: (readonly [string, string])[] = [];
    // A few at a time: a burst of them all waits longer for the register than a request may.
    for (const few of chunksOf(
      asked.filter((each) => !signsOut(each)),
      AT_ONCE,
    ))
      answered.push(
        ...(await Promise.all(
          few.map(async ({ route, right, place }) => {
            const why: Record<string, string> =
              right.identity === 'always' ? { 'x-reason': encodeURIComponent('测试') } : {};
            const answer = await call(route, place, { ...sessions[role], ...why });
            return [`${route} ${place}`, judged(answer)] as const;
          }),
        )),
      );
    const wanted = asked
      .filter((each) => !signsOut(each))
      .map(({ route, right, place }) => [`${route} ${place}`, expected(right, route, role, place)]);
    expect(Object.fromEntries(answered)).toEqual(Object.fromEntries(wanted));
  },
);

test('the matrix has both sorts: each right but that of reading is refused to somebody, and given to somebody', () => {
  const rights = RIGHTS.filter((right) => right !== 'readIncidents');
  for (const right of rights) {
    const have = ROLES.filter((role) => reachOf(role, right) !== null).length;
    expect([right, have > 0 && have < ROLES.length]).toEqual([right, true]);
  }
});

test('signed in as the auditor, every write is refused', async () => {
  const writes = routes.filter(
    ([route, right]) => !/^(GET|OPTIONS) |\/api\/session|\/r\/:token/.test(route) && right.needs !== 'open',
  );
  expect(writes.length).toBeGreaterThan(15);
  for (const [route] of writes)
    expect([route, judged(await call(route, 'own', sessions.auditor))]).toEqual([route, 'right missing']);
});

test('whoever is not signed in gets nowhere but to what is open', async () => {
  for (const [route, { needs }] of routes) {
    const answer = await call(route, 'own', { 'x-fenghuo': '1' });
    const isOpen = needs === 'open';
    // Signing in with nothing to sign in with is refused by its shape.
    expect([route, answer.statusCode === 401]).toEqual([route, !isOpen]);
  }
});

test('an incident out of reach is answered word for word as one that is not there', async () => {
  const url = `/api/incidents/${incidents.sibling}`;
  const { statusCode, body } = await api.app.inject({ method: 'GET', url, headers: sessions.officer });
  expect([statusCode, JSON.parse(body)]).toEqual([
    404,
    {
      type: 'urn:fenghuo:problem:UNKNOWN_INCIDENT',
      title: '没有此事件',
      status: 404,
      code: 'UNKNOWN_INCIDENT',
      detail: 'No incident has this id.',
    },
  ]);
});

test('a list has what is in reach alone, however it is paged', async () => {
  const listed = async (role: Role, query = '') => {
    const url = `/api/incidents?${query}`;
    const answer = await api.app.inject({ method: 'GET', url, headers: sessions[role] });
    return answer.json<{ office: string }[]>().map((each) => each.office);
  };
  expect(await listed('officer')).toEqual(['own']);
  expect((await listed('townshipCommand')).sort()).toEqual(['child', 'own']);
  expect((await listed('auditor')).sort()).toEqual(['child', 'own', 'parent', 'sibling']);
  expect(await listed('officer', 'limit=1')).toEqual(['own']); // filtered before it is cut
  expect(await listed('officer', 'office=sibling')).toEqual([]);
});

test('what is to be mended is told of the bodies in reach alone', async () => {
  const told = async (role: Role) => {
    const answer = await api.app.inject({
      method: 'GET',
      url: '/api/roster-findings',
      headers: sessions[role],
    });
    return [...new Set(answer.json<{ body: string | null }[]>().map(({ body }) => body))];
  };
  expect(await told('administrator')).toEqual(['own']); // where 赵, who has neither number nor mail, is a contact first
  await testAccount(api, { name: 'elsewhere', role: 'administrator', jurisdiction: 'other-town' });
  const url = '/api/roster-findings';
  const elsewhere = await api.app.inject({ url, headers: await signedIn(api, 'elsewhere') });
  expect(elsewhere.json()).toEqual([]);
  const key = { authorization: `Bearer ${api.key}` };
  const all = (await api.app.inject({ url, headers: key })).json<{ body: string | null }[]>();
  expect(all.map(({ body }) => body)).toEqual(expect.arrayContaining(['own', null]));
});
