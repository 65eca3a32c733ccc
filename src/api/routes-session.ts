import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ROLE_RIGHTS, type Reach, type Right } from '../accounts/roles.ts';
import { toInstant } from '../incident/instant.ts';
import { officesOf } from '../people/jurisdiction.ts';
import { offices, personById } from '../people/organisation.ts';
import { accountById, changeAccount } from '../store/accounts.ts';
import type { Actor } from './actor.ts';
import type { Gate } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { Problem } from './problem.ts';
import { mustComeFromHere } from './same-origin.ts';
import { passwordBody, shownAccount, signInBody, whoAmISchema } from './schemas-accounts.ts';
import { PROBLEMS } from './schemas.ts';
import { signIn } from './sign-in.ts';

/** Signing in and out, and who one is. */
export const sessionRoutes =
  (deps: ApiDeps, { sessions, refuseFlood }: Gate): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation } = deps;
    const tags = ['session'];

    app.post(
      '/api/session',
      {
        config: { open: true },
        schema: {
          tags,
          summary: 'Sign in: sets a cookie. Every changing request then carries the header "x-fenghuo: 1"',
          body: signInBody,
          response: { 200: whoAmISchema, ...PROBLEMS },
        },
      },
      async (request, reply) => {
        mustComeFromHere(request);
        await refuseFlood('signIn', request);
        const account = await signIn(register, { ...request.body, address: request.ip });
        await sessions.open(request, reply, account);
        return whoIs({ kind: 'account', account });
      },
    );

    app.get(
      '/api/session',
      {
        schema: {
          tags,
          summary: 'Who am I, and what may I do',
          response: { 200: whoAmISchema, ...PROBLEMS },
        },
      },
      async ({ actor }) => whoIs(actor!),
    );

    app.delete(
      '/api/session',
      { schema: { tags, summary: 'Sign out', response: { 204: z.null(), ...PROBLEMS } } },
      async (request, reply) => {
        const { actor } = request;
        if (actor?.kind === 'account') await sessions.end(request, reply, actor);
        return reply.code(204).send(null);
      },
    );

    app.put(
      '/api/session/password',
      {
        schema: {
          tags,
          summary: 'Change the password: signs out everywhere else, and gives this session a new token',
          body: passwordBody,
          response: { 200: whoAmISchema, ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { actor, body } = request;
        if (actor?.kind !== 'account') throw noPassword();
        await refuseFlood('signIn', request);
        const before = await accountById(register, actor.account.id);
        if (!(await isPassword(before?.passwordHash ?? null, body.current))) throw wrongPassword();
        if (body.next === body.current) throw samePassword();
        const passwordHash = await hashPassword(body.next);
        const at = toInstant(Date.now());
        const account = await changeAccount(register, actor.account.id, {
          passwordHash,
          mustChangePassword: false,
          rightsAt: at,
        });
        await sessions.endAll(actor.account.id);
        await sessions.open(request, reply, account!);
        return whoIs({ kind: 'account', account: account! });
      },
    );

    function whoIs(actor: Actor | Pick<Extract<Actor, { kind: 'account' }>, 'kind' | 'account'>) {
      const all = offices(organisation).map(({ id }) => id);
      if (actor.kind === 'key') {
        const { id, scope } = actor;
        return { account: null, apiKey: { id, scope }, rights: [], offices: scope === 'full' ? all : [] };
      }
      const { account } = actor;
      const rights = ROLE_RIGHTS[account.role];
      const reach = rights.readIncidents;
      return {
        account: {
          ...shownAccount(account),
          personName: account.person && (personById(organisation, account.person)?.name ?? null),
        },
        apiKey: null,
        rights: (Object.entries(rights) as [Right, Reach][]).map(([right, far]) => ({ right, reach: far })),
        offices:
          reach === 'everywhere'
            ? all
            : reach
              ? officesOf(organisation, account.jurisdiction, reach === 'own')
              : [],
      };
    }
  };

const wrongPassword = (): Problem =>
  new Problem({ status: 422, code: 'PASSWORD_WRONG', title: '原密码有误', detail: 'Send the current one.' });

/** Somebody else has seen a one-time password: it does not become the person's own by being typed twice. */
const samePassword = (): Problem =>
  new Problem({
    status: 422,
    code: 'PASSWORD_UNCHANGED',
    title: '新密码不能与原密码相同',
    detail: 'Choose another one.',
  });

const noPassword = (): Problem =>
  new Problem({
    status: 409,
    code: 'NO_PASSWORD',
    title: 'API 密钥没有密码',
    detail: 'Sign in to change a password.',
  });
