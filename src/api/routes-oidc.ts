import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { msBetween, toInstant } from '../incident/instant.ts';
import { accountBySubject, changeAccount, type AccountRow } from '../store/accounts.ts';
import type { Gate } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { createIdentityProvider, outdated } from './identity-provider.ts';
import { accountExpired, sessionOf } from './known-sessions.ts';
import { Problem } from './problem.ts';
import { PROBLEMS } from './schemas.ts';
import { notSignedInPage, PAGE_HEADERS, signedInPage } from './sign-in-page.ts';
import { localPath, openTrip, sealTrip, TRIP_SECONDS } from './sign-in-trip.ts';

const BEGIN = '/api/session/oidc';
const CALLBACK = `${BEGIN}/callback`;
const TRIP_COOKIE = 'fenghuo_sign_in';

/** Signing in at the bureau's identity provider. Whom it vouches for needs an account here: nobody gets one by coming. */
export const oidcRoutes =
  (deps: ApiDeps, { sessions, refuseFlood }: Gate): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, keyring, oidc, log } = deps;
    const tags = ['session'];

    app.get(
      '/api/session/ways',
      {
        config: { open: true },
        schema: {
          tags,
          summary: 'How one may sign in here',
          response: {
            200: z.object({
              password: z.literal(true),
              oidc: z.string().nullable().describe('Where the browser goes to sign in elsewhere'),
            }),
            ...PROBLEMS,
          },
        },
      },
      async () => ({ password: true as const, oidc: oidc ? BEGIN : null }),
    );
    if (!oidc) return;

    const provider = createIdentityProvider(oidc, log);
    const redirectUri = () => `${deps.publicUrl!.replace(/\/+$/, '')}${CALLBACK}`;
    // Lax: it has to come along when the provider sends the browser back.
    const cookie = (): CookieSerializeOptions => ({
      path: BEGIN,
      httpOnly: true,
      secure: deps.publicUrl!.startsWith('https:'),
      sameSite: 'lax',
    });
    const route = { config: { open: true }, errorHandler: asPage };

    app.get(
      BEGIN,
      {
        ...route,
        schema: {
          tags,
          summary: 'Sign in at the identity provider: goes there, and comes back signed in',
          querystring: z.object({ to: z.string().max(1_000).optional().describe('A path of this address') }),
        },
      },
      async (request, reply) => {
        await refuseFlood('signIn', request);
        const { url, checks } = await provider.begin(redirectUri());
        const trip = { checks, to: localPath(request.query.to), before: sessionOf(request) };
        const sealed = await sealTrip(keyring, trip);
        void reply.setCookie(TRIP_COOKIE, sealed, { ...cookie(), maxAge: TRIP_SECONDS });
        return reply.redirect(url.href);
      },
    );

    app.get(CALLBACK, { ...route, schema: { hide: true } }, async (request, reply) => {
      await refuseFlood('signIn', request);
      const sealed = request.cookies[TRIP_COOKIE];
      void reply.clearCookie(TRIP_COOKIE, cookie());
      const trip = sealed ? await openTrip(keyring, sealed) : null;
      if (!trip) throw outdated();
      const url = new URL(redirectUri());
      url.search = new URL(request.url, url).search;
      const subject = await provider.subjectOf(url, trip.checks);
      const account = await mayEnter(await accountBySubject(register, subject), subject);
      await sessions.open(request, reply, account, trip.before);
      return reply.headers(PAGE_HEADERS).send(signedInPage(trip.to));
    });

    async function mayEnter(account: AccountRow | null, subject: string): Promise<AccountRow> {
      if (!account) throw noAccount(subject);
      if (account.disabledAt !== null) throw disabled();
      if (account.expiresAt !== null && msBetween(account.expiresAt, toInstant(Date.now())) >= 0)
        throw accountExpired();
      if (!account.mustChangePassword) return account;
      // A password that somebody else has seen has had its day once they are known without it.
      const without = { passwordHash: null, mustChangePassword: false };
      return (await changeAccount(register, account.id, without)) ?? account;
    }
  };

/** People come here by browser, and get a page that says what to do; programs get the problem. */
function asPage(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  if (!(error instanceof Problem) || !request.headers.accept?.includes('text/html')) throw error;
  const { status, retryAfter } = error.details;
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
  void reply.code(status).headers(PAGE_HEADERS).send(notSignedInPage(error.details));
}

const noAccount = (subject: string): Problem =>
  new Problem({
    status: 403,
    code: 'NO_ACCOUNT',
    title: '没有与此身份对应的账号',
    detail:
      'The identity provider knows you, this system does not: ask its administrator to put "subject" on your account.',
    more: { subject },
  });

const disabled = (): Problem =>
  new Problem({
    status: 403,
    code: 'ACCOUNT_DISABLED',
    title: '账号已停用',
    detail: 'Ask the administrator.',
  });
