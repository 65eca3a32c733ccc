import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { identityReads } from '../store/personal.ts';
import { firstAdministrator } from './first-administrator.ts';
import { openTestApi, PASSWORD, signedIn, testAccount, testIncident, type TestApi } from './testing.ts';

jest.setTimeout(240_000);

let api: TestApi;
let ofJia: string;
let ofYi: string;
let officer: Record<string, string>;
let leader: Record<string, string>;

beforeAll(async () => {
  api = await openTestApi();
  ofJia = (await testIncident(api.register, 'jia')).id;
  ofYi = (await testIncident(api.register, 'yi')).id;
  await testAccount(api, { name: 'jia.one', role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' });
  await testAccount(api, { name: 'leader', role: 'dutyLeader', person: 'deputy-1', jurisdiction: 'banner' });
  officer = await signedIn(api, 'jia.one');
  leader = await signedIn(api, 'leader');
});
afterAll(() => api.close());

const REASON = { 'x-reason': encodeURIComponent('核对对象身份') };
type Headers = Record<string, string>;
const ask = async (method: string, url: string, headers: Headers, payload?: object) => {
  const answer = await api.app.inject({
    method: method as 'GET',
    url,
    headers,
    ...(payload ? { payload } : {}),
  });
  const body = (answer.body === '' ? {} : answer.json()) as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
  return { status: answer.statusCode, code: body.code as string | undefined, body, answer };
};
const trySignIn = (name: string, password: string) =>
  ask('POST', '/api/session', { 'x-fenghuo': '1' }, { name, password });

test('the first administrator is made once, and changes the one-time password before anything else', async () => {
  const empty = await openTestApi();
  try {
    const { register, deps } = empty;
    const first = (await firstAdministrator(register, deps.organisation))!;
    expect(await firstAdministrator(register, deps.organisation)).toBeNull();
    const admin = await signedIn(empty, first.name, first.oneTimePassword);
    const accounts = () => empty.app.inject({ method: 'GET', url: '/api/accounts', headers: admin });
    expect((await accounts()).json()).toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' });
    const changed = await empty.app.inject({
      method: 'PUT',
      url: '/api/session/password',
      headers: admin,
      payload: { current: first.oneTimePassword, next: PASSWORD },
    });
    expect(changed.statusCode).toBe(200);
    expect((await accounts()).json()).toMatchObject({ code: 'SESSION_ENDED' }); // the old token
    const again = await signedIn(empty, first.name);
    const url = '/api/accounts';
    const listed = await empty.app.inject({ method: 'GET', url, headers: again });
    expect(listed.json()).toMatchObject([
      { name: 'admin', role: 'administrator', mustChangePassword: false },
    ]);
    expect(listed.body).not.toContain('argon2');
  } finally {
    await empty.close();
  }
});

test('whoever made an account has seen its password: the first sign-in asks for another one, after a reset again', async () => {
  const key = { authorization: `Bearer ${api.key}` };
  const body = { name: 'newcomer', role: 'officer', person: 'jia-2' };
  const made = await ask('POST', '/api/accounts', key, body);
  const { id } = made.body.account;
  const firstSignIn = async (oneTime: string, next: string) => {
    const session = await signedIn(api, 'newcomer', oneTime);
    expect(await ask('GET', '/api/incidents', session)).toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' });
    const change = (to: string) =>
      ask('PUT', '/api/session/password', session, { current: oneTime, next: to });
    expect(await change(oneTime)).toMatchObject({ status: 422, code: 'PASSWORD_UNCHANGED' });
    expect(await ask('GET', '/api/incidents', session)).toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' });
    expect(await change(next)).toMatchObject({ status: 200 });
    expect(await trySignIn('newcomer', oneTime)).toMatchObject({ status: 401 });
    return signedIn(api, 'newcomer', next);
  };
  const own = await firstSignIn(made.body.oneTimePassword, 'a-password-of-their-own');
  expect(await ask('GET', '/api/incidents', own)).toMatchObject({ status: 200 });

  const reset = await ask('PATCH', `/api/accounts/${id}`, key, { resetPassword: true });
  expect(await ask('GET', '/api/session', own)).toMatchObject({ code: 'SESSION_ENDED' });
  expect(await trySignIn('newcomer', 'a-password-of-their-own')).toMatchObject({ status: 401 });
  await firstSignIn(reset.body.oneTimePassword, 'another-password-of-their-own');
});

test("as an officer of 甲镇, 乙镇's incident is 404, and nobody acts as somebody else", async () => {
  expect(await ask('GET', `/api/incidents/${ofYi}`, officer)).toMatchObject({ status: 404 });
  const url = (id: string) => `/api/incidents/${id}/still-responding`;
  expect(await ask('POST', url(ofYi), officer, {})).toMatchObject({ status: 404, code: 'UNKNOWN_INCIDENT' });
  expect(await ask('POST', url(ofJia), officer, { by: 'jia-2' })).toMatchObject({ code: 'NOT_YOURSELF' });
  // Its own, and without "by": the incident itself answers.
  expect(await ask('POST', url(ofJia), officer, {})).toMatchObject({ status: 409, code: 'IncidentClosed' });
  const merge = { into: ofYi, reason: '测试' };
  expect(await ask('POST', `/api/incidents/${ofJia}/merge`, officer, merge)).toMatchObject({
    status: 404,
  });
});

test('an identity is shown for a reason, and who read it, when and why is on record', async () => {
  const url = `/api/incidents/${ofJia}`;
  const without = await ask('GET', url, officer);
  expect(without.body).toMatchObject({ identities: 'withheld', subjects: [{ name: null }, { name: null }] });
  expect(without.answer.body).not.toContain('测试甲');
  expect(await identityReads(api.register, ofJia as never)).toEqual([]);
  const shown = await ask('GET', url, { ...officer, ...REASON });
  expect(shown.body).toMatchObject({ identities: 'shown', subjects: [{ name: '测试甲' }, {}] });
  expect(await identityReads(api.register, ofJia as never)).toMatchObject([
    { accountId: expect.any(String), reason: '核对对象身份', at: expect.any(String) },
  ]);
  expect((await ask('GET', `${url}/identity-reads`, leader)).body).toMatchObject([
    { reason: '核对对象身份', route: 'GET /api/incidents/{id}' },
  ]);
  expect(await ask('GET', `${url}/history`, officer)).toMatchObject({ status: 422, code: 'REASON_REQUIRED' });
});

test('the administrator sees no identity until a leader gives leave, and then no longer than that', async () => {
  const { id } = await testAccount(api, {
    name: 'technician',
    role: 'administrator',
    jurisdiction: 'banner',
  });
  const technician = await signedIn(api, 'technician');
  const url = `/api/incidents/${ofJia}`;
  const asTechnician = () => ask('GET', url, { ...technician, ...REASON });
  expect(await asTechnician()).toMatchObject({ status: 403, code: 'RIGHT_MISSING' });
  const until = (ms: number) => new Date(Date.now() + ms).toISOString();
  const grant = (ms: number, who: Headers) =>
    ask('POST', '/api/identity-grants', who, { account: id, until: until(ms), reason: '排查故障' });
  expect(await grant(3_600_000, technician)).toMatchObject({ code: 'RIGHT_MISSING' });
  expect(await grant(25 * 3_600_000, leader)).toMatchObject({ status: 422 });
  expect(await grant(3_600_000, { authorization: `Bearer ${api.key}` })).toMatchObject({ status: 403 });
  expect(await grant(3_600_000, leader)).toMatchObject({ status: 201 });
  expect((await asTechnician()).body).toMatchObject({ identities: 'shown' });
  await api.register.db.execute(sql`update identity_grant set until = now() - interval '1 second'`);
  expect(await asTechnician()).toMatchObject({ status: 403 });
});

test('after five wrong passwords the right one has to wait; whoever is signed in goes on', async () => {
  await testAccount(api, { name: 'yi.one', role: 'officer', person: 'yi-1', jurisdiction: 'office-yi' });
  const session = await signedIn(api, 'yi.one');
  for (let i = 0; i < 5; i++)
    expect(await trySignIn('yi.one', `wrong ${i}`)).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' });
  const locked = await trySignIn('yi.one', PASSWORD);
  expect(locked).toMatchObject({ status: 429, code: 'SIGN_IN_LOCKED' });
  expect(Number(locked.answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(await ask('GET', '/api/session', session)).toMatchObject({ status: 200 });
  await api.register.db.execute(sql`update sign_in_brake set locked_until = now() - interval '1 second'`);
  expect(await trySignIn('yi.one', PASSWORD)).toMatchObject({ status: 200 });
});

test('a cookie is httpOnly and strict; a page of another site gets nowhere with it', async () => {
  const { answer } = await trySignIn('jia.one', PASSWORD);
  expect([answer.headers['set-cookie']].flat()).not.toHaveLength(0);
  for (const cookie of [answer.headers['set-cookie']].flat())
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  const url = `/api/incidents/${ofJia}/still-responding`;
  const { 'x-fenghuo': _, ...cookieAlone } = officer;
  const crossSite: Headers[] = [
    cookieAlone,
    { ...officer, 'sec-fetch-site': 'cross-site' },
    { ...officer, origin: 'https://elsewhere.invalid' },
  ];
  for (const headers of crossSite)
    expect(await ask('POST', url, headers, {})).toMatchObject({ status: 403, code: 'CROSS_SITE' });
});

test('new rights take hold at once, with a new token; an account taken away is out at once', async () => {
  const { id } = await testAccount(api, {
    name: 'mover',
    role: 'officer',
    person: 'yi-2',
    jurisdiction: 'office-yi',
  });
  const before = await signedIn(api, 'mover');
  const key = { authorization: `Bearer ${api.key}` };
  await ask('PATCH', `/api/accounts/${id}`, key, { jurisdiction: 'office-jia' });
  const next = await ask('GET', `/api/incidents/${ofJia}`, before);
  expect(next).toMatchObject({ status: 200 });
  const [cookie] = next.answer.cookies;
  const after = { ...before, cookie: `${cookie!.name}=${cookie!.value}` };
  expect(after.cookie).not.toBe(before.cookie);
  expect((await ask('GET', `/api/incidents/${ofYi}`, after)).status).toBe(404);
  await ask('PATCH', `/api/accounts/${id}`, key, { disabled: true });
  expect(await ask('GET', '/api/session', after)).toMatchObject({ status: 401, code: 'SESSION_ENDED' });
});

test("an auditor's account ends, and an intake key with it", async () => {
  const key = { authorization: `Bearer ${api.key}` };
  const auditor = { name: 'auditor', role: 'auditor', jurisdiction: 'city' };
  expect(await ask('POST', '/api/accounts', key, auditor)).toMatchObject({ code: 'EXPIRY_REQUIRED' });
  await testAccount(api, {
    name: 'late',
    role: 'auditor',
    jurisdiction: 'city',
    expiresAt: '2026-03-02T00:00:00.000Z',
  });
  expect(await trySignIn('late', PASSWORD)).toMatchObject({ status: 401, code: 'ACCOUNT_EXPIRED' });

  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const made = await ask('POST', '/api/api-keys', key, { name: '定位平台', expiresAt });
  const intake = { authorization: `Bearer ${made.body.key}` };
  expect(await ask('GET', '/api/incidents', intake)).toMatchObject({ status: 403, code: 'SCOPE_MISSING' });
  expect(await ask('GET', `/api/incidents/${ofJia}`, intake)).toMatchObject({ status: 404 });
  expect(await ask('POST', '/api/incidents', intake, { office: 'nowhere', situation: '测试' })).toMatchObject(
    {
      status: 422,
      code: 'UNKNOWN_OFFICE',
    },
  );
  await ask('DELETE', `/api/api-keys/${made.body.id}`, key);
  expect(await ask('GET', '/api/offices', intake)).toMatchObject({ status: 401, code: 'API_KEY_EXPIRED' });
});

test('signing out ends the session', async () => {
  const session = await signedIn(api, 'jia.one');
  expect(await ask('DELETE', '/api/session', session)).toMatchObject({ status: 204 });
  expect(await ask('GET', '/api/session', session)).toMatchObject({ status: 401 });
});

test('headers are strict, and the API documentation keeps a policy of its own', async () => {
  const { headers } = (await ask('GET', '/api/session', officer)).answer;
  expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'cache-control': 'no-store' });
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  const docs = await api.app.inject({ method: 'GET', url: '/api/docs/' });
  expect([docs.statusCode, docs.headers['content-security-policy']]).toEqual([
    200,
    expect.stringContaining('validator.swagger.io'),
  ]);
});
