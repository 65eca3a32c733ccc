import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { sql } from 'drizzle-orm';
import { accountByName } from '../store/accounts.ts';
import { listChanges } from '../store/changes.ts';
import { buildApp } from './app.ts';
import { openTrip, localPath, sealTrip } from './sign-in-trip.ts';
import { openTestApi, PASSWORD, testAccount, type TestApi } from './testing.ts';

jest.setTimeout(240_000);

const CLIENT = { clientId: 'fenghuo', clientSecret: 'a-secret-that-both-sides-know' };
const HTML = { accept: 'text/html' };

// The provider says at length that it is set up for a test.
jest.spyOn(console, 'info').mockImplementation(() => undefined);
jest.spyOn(console, 'warn').mockImplementation(() => undefined);

let api: TestApi;
let server: Server;
let here: string;
let issuer: string;

beforeAll(async () => {
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  api = await openTestApi();
  await api.app.close();
  api.deps.oidc = { issuer, ...CLIENT };
  api.app = await buildApp(api.deps);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  here = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  api.deps.publicUrl = here;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await api.app.close();
  await api.close();
});

/** A bureau's identity provider: whoever says a name is that person. */
function startProvider(): void {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [`${here}/api/session/oidc/callback`],
      },
    ],
    pkce: { methods: ['S256'], required: () => true },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    cookies: { keys: ['a-key-of-the-test-provider'] },
  });
  server.removeAllListeners('request');
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
}

/** A browser: keeps cookies by address, and follows where it is sent. */
function browser() {
  const jar = new Map<string, Map<string, string>>();
  const cookiesOf = (url: string) =>
    [...(jar.get(new URL(url).origin) ?? [])].map((c) => c.join('=')).join('; ');
  async function go(url: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...HTML, cookie: cookiesOf(url), ...(init.headers as object) },
    });
    const kept = jar.get(new URL(url).origin) ?? new Map<string, string>();
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) kept.delete(name);
      else kept.set(name, value);
    }
    jar.set(new URL(url).origin, kept);
    return answer;
  }
  return {
    go,
    cookie: (name: string) => jar.get(here)?.get(name),
    keep: (name: string, value: string) => jar.set(here, (jar.get(here) ?? new Map()).set(name, value)),
    session: () =>
      go(`${here}/api/session`).then(async (a) => ({ status: a.status, body: (await a.json()) as any })), // eslint-disable-line @typescript-eslint/no-explicit-any
    /** Follows redirects, filling in the provider's forms as `who`, until `until` or a page. */
    async signIn(who: string, from = `${here}/api/session/oidc`, until?: (url: string) => boolean) {
      let url = from;
      let answer = await go(url);
      for (let step = 0; step < 20; step += 1) {
        const location = answer.headers.get('location');
        if (location) {
          url = new URL(location, url).href;
          if (until?.(url)) return { url, answer, page: '' };
          answer = await go(url);
          continue;
        }
        const page = await answer.text();
        const form = /<form[^>]+action="([^"]+)"/.exec(page)?.[1];
        if (!form || url.startsWith(here)) return { url, answer, page };
        const prompt = /name="prompt" value="(\w+)"/.exec(page)![1]!;
        url = new URL(form, url).href;
        const body = new URLSearchParams({ prompt, login: who, password: 'any' });
        answer = await go(url, { method: 'POST', body });
      }
      throw new Error('never arrived');
    },
  };
}

const isCallback = (url: string): boolean => url.startsWith(`${here}/api/session/oidc/callback`);
const setSubject = (id: string, oidcSubject: string | null) =>
  fetch(`${here}/api/accounts/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${api.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ oidcSubject }),
  });

test('a provider that is down stops neither the start nor signing in by password; when it is back, it serves', async () => {
  await testAccount(api, { name: 'jia.one', role: 'officer', person: 'jia-1', jurisdiction: 'office-jia' });
  const asked = await fetch(`${here}/api/session/oidc`, { redirect: 'manual' });
  expect([asked.status, ((await asked.json()) as { code: string }).code]).toEqual([
    503,
    'IDENTITY_PROVIDER_UNAVAILABLE',
  ]);
  const byPassword = await fetch(`${here}/api/session`, {
    method: 'POST',
    headers: { 'x-fenghuo': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'jia.one', password: PASSWORD }),
  });
  expect(byPassword.status).toBe(200);
  expect(await (await fetch(`${here}/api/session/ways`)).json()).toEqual({
    password: true,
    oidc: '/api/session/oidc',
  });
  startProvider();
  const back = await fetch(`${here}/api/session/oidc`, { redirect: 'manual' });
  expect([back.status, back.headers.get('location')?.startsWith(issuer)]).toEqual([302, true]);
});

test('nobody gets an account by signing in; once the administrator has put the subject on one, it is theirs', async () => {
  const mallory = browser();
  const refused = await mallory.signIn('zhao-at-the-bureau');
  expect(refused.answer.status).toBe(403);
  expect(refused.page).toContain('技术管理员');
  expect(refused.page).toContain('zhao-at-the-bureau'); // what to tell the administrator
  expect(mallory.cookie('fenghuo_session')).toBeUndefined();

  const account = (await accountByName(api.register, 'jia.one'))!;
  expect((await setSubject(account.id, 'zhao-at-the-bureau')).status).toBe(200);
  const [recorded] = await listChanges(api.register, { limit: 1 });
  expect(recorded).toMatchObject({
    area: 'rights',
    subject: 'account jia.one',
    personal: ['to.oidcSubject'],
  });

  const zhao = browser();
  const arrived = await zhao.signIn('zhao-at-the-bureau', `${here}/api/session/oidc?to=/incidents%3Fmine`);
  expect(arrived.page).toContain('content="0;url=/incidents?mine"');
  expect((await zhao.session()).body).toMatchObject({ account: { name: 'jia.one', person: 'jia-1' } });
});

test('one subject is one account', async () => {
  const other = await testAccount(api, {
    name: 'jia.two',
    role: 'officer',
    person: 'jia-2',
    jurisdiction: 'office-jia',
  });
  const taken = await setSubject(other.id, 'zhao-at-the-bureau');
  expect([taken.status, ((await taken.json()) as { code: string }).code]).toEqual([409, 'SUBJECT_TAKEN']);
});

test('signing in gives a new token and ends the session before it, whose cookie stayed behind', async () => {
  const zhao = browser();
  await zhao.signIn('zhao-at-the-bureau');
  const first = zhao.cookie('fenghuo_session')!;
  const { url } = await zhao.signIn('zhao-at-the-bureau', undefined, isCallback);
  zhao.keep('fenghuo_session', ''); // SameSite=Strict: not sent on the way back from another site
  await zhao.go(url);
  expect(zhao.cookie('fenghuo_session')).not.toBe(first);
  expect((await zhao.session()).status).toBe(200);
  const old = browser();
  old.keep('fenghuo_session', first);
  expect((await old.session()).body).toMatchObject({ code: 'SESSION_ENDED' });
});

test('what comes back has to be what this browser set out with, once', async () => {
  const zhao = browser();
  const { url } = await zhao.signIn('zhao-at-the-bureau', undefined, isCallback);
  const stranger = browser(); // a link to finish somebody else's sign-in
  const foreign = await stranger.go(url);
  expect([foreign.status, await foreign.text()]).toEqual([401, expect.stringContaining('SIGN_IN_OUTDATED')]);
  await stranger.signIn('zhao-at-the-bureau', undefined, isCallback); // with a trip of its own begun
  expect((await stranger.go(url)).status).toBe(401);
  expect(stranger.cookie('fenghuo_session')).toBeUndefined();

  const trip = zhao.cookie('fenghuo_sign_in')!;
  expect((await zhao.go(url)).status).toBe(200);
  expect(zhao.cookie('fenghuo_sign_in')).toBeUndefined();
  zhao.keep('fenghuo_sign_in', trip);
  expect((await zhao.go(url)).status).toBe(401); // the code was used
  const forged = url.replace(/code=[^&]+/, 'code=made-up');
  zhao.keep('fenghuo_sign_in', trip);
  expect((await zhao.go(forged)).status).toBe(401);
});

test('the cookie of the trip is sealed, httpOnly and lax, and good for this path alone', async () => {
  const answer = await fetch(`${here}/api/session/oidc`, { redirect: 'manual' });
  const [line = ''] = answer.headers.getSetCookie();
  expect(line).toMatch(/^fenghuo_sign_in=.*Path=\/api\/session\/oidc; HttpOnly; SameSite=Lax/);
  const sealed = /=([^;]*)/.exec(line)![1]!;
  const state = new URL(answer.headers.get('location')!).searchParams.get('state')!;
  expect(Buffer.from(sealed, 'base64').toString()).not.toContain(state);
  expect((await openTrip(api.deps.keyring, sealed))?.checks.state).toBe(state);
  expect(await openTrip(api.deps.keyring, `${sealed.slice(0, -4)}AAAA`)).toBeNull();
});

test('a disabled and an expired account are refused, each with what to do', async () => {
  const account = (await accountByName(api.register, 'jia.one'))!;
  await api.register.db.execute(sql`update account set disabled_at = now() where id = ${account.id}`);
  expect((await browser().signIn('zhao-at-the-bureau')).page).toContain('ACCOUNT_DISABLED');
  await api.register.db.execute(
    sql`update account set disabled_at = null, expires_at = now() - interval '1 second' where id = ${account.id}`,
  );
  const zhao = browser();
  expect((await zhao.signIn('zhao-at-the-bureau')).page).toContain('ACCOUNT_EXPIRED');
  expect(zhao.cookie('fenghuo_session')).toBeUndefined();
  await api.register.db.execute(sql`update account set expires_at = null where id = ${account.id}`);
});

test('whoever is known by the provider needs no one-time password, and it opens nothing any more', async () => {
  const made = await fetch(`${here}/api/accounts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'yi.one',
      role: 'officer',
      person: 'yi-1',
      oidcSubject: 'qian-at-the-bureau',
    }),
  });
  const { oneTimePassword } = (await made.json()) as { oneTimePassword: string };
  const qian = browser();
  await qian.signIn('qian-at-the-bureau');
  expect((await qian.session()).body).toMatchObject({
    account: { name: 'yi.one', mustChangePassword: false },
  });
  const byPassword = await fetch(`${here}/api/session`, {
    method: 'POST',
    headers: { 'x-fenghuo': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'yi.one', password: oneTimePassword }),
  });
  expect(byPassword.status).toBe(401);
});

test('whom somebody else is signed in as is out as soon as the subject is taken off the account', async () => {
  const zhao = browser();
  await zhao.signIn('zhao-at-the-bureau');
  const account = (await accountByName(api.register, 'jia.one'))!;
  await setSubject(account.id, null);
  expect((await zhao.session()).body).toMatchObject({ code: 'SESSION_ENDED' });
  expect((await browser().signIn('zhao-at-the-bureau')).page).toContain('NO_ACCOUNT');
});

test.each([
  ['/incidents?mine#top', '/incidents?mine#top'],
  [undefined, '/'],
  ['', '/'],
  ['incidents', '/'],
  ['https://elsewhere.invalid/', '/'],
  ['//elsewhere.invalid/', '/'],
  ['/\\elsewhere.invalid/', '/'],
  ['/\t/elsewhere.invalid/', '/'],
  ['/.//elsewhere.invalid/', '/'],
  ['/x/..//elsewhere.invalid/', '/'],
  ['/"><script>', '/%22%3E%3Cscript%3E'],
])('after signing in %j leads to %j', async (given, path) => {
  expect(localPath(given)).toBe(path);
  const { keyring } = api.deps;
  const kept = { checks: { state: 's', nonce: 'n', verifier: 'v' }, to: localPath(given), before: null };
  expect(await openTrip(keyring, await sealTrip(keyring, kept))).toEqual(kept);
});
