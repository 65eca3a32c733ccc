import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toInstant } from '../incident/instant.ts';
import {
  accountById,
  accountBySubject,
  addAccount,
  changeAccount,
  hasOtherAdministrator,
  listAccounts,
  type AccountRow,
} from '../store/accounts.ts';
import { mustFit } from './account-checks.ts';
import type { Gate } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { hashPassword } from './passwords.ts';
import { onRecord } from './on-record.ts';
import { Problem } from './problem.ts';
import {
  accountChangeBody,
  accountSchema,
  newAccountBody,
  oneTime,
  shownAccount,
} from './schemas-accounts.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import { newOneTimePassword } from './token.ts';

const withPassword = z.object({ account: accountSchema, oneTimePassword: oneTime });

/** Who may sign in, as what, where. */
export const accountRoutes =
  ({ register, organisation }: ApiDeps, { sessions }: Gate): FastifyPluginAsyncZod =>
  async (app) => {
    const tags = ['accounts'];

    app.get(
      '/api/accounts',
      { schema: { tags, summary: 'Every account', response: { 200: z.array(accountSchema), ...PROBLEMS } } },
      async () => (await listAccounts(register)).map(shownAccount),
    );

    app.post(
      '/api/accounts',
      {
        schema: {
          tags,
          summary: 'Make an account, with a one-time password',
          body: newAccountBody,
          response: { 201: withPassword, ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { name, oidcSubject, ...body } = request.body;
        const { role, person, jurisdiction, expiresAt } = mustFit(organisation, {
          role: body.role,
          person: body.person ?? null,
          jurisdiction: body.jurisdiction ?? null,
          expiresAt: body.expiresAt ? toInstant(Date.parse(body.expiresAt)) : null,
        });
        await mustBeFree(oidcSubject);
        const oneTimePassword = newOneTimePassword();
        const values = { name, role, person, jurisdiction, expiresAt, oidcSubject: oidcSubject ?? null };
        const passwordHash = await hashPassword(oneTimePassword);
        await onRecord(register, request, {
          ...{ area: 'rights', subject: `account ${name}`, from: null },
          to: { role, person, jurisdiction, expiresAt },
          ...(oidcSubject ? { personal: { 'to.oidcSubject': oidcSubject } } : {}),
        });
        const account = await addAccount(register, { ...values, passwordHash }, toInstant(Date.now()));
        if (!account) throw nameTaken();
        return reply.code(201).send({ account: shownAccount(account), oneTimePassword });
      },
    );

    app.patch(
      '/api/accounts/:id',
      {
        schema: {
          tags,
          summary:
            "Change an account's role, jurisdiction, person or end; lock it; give it a new one-time password",
          params: idParams,
          body: accountChangeBody,
          response: { 200: withPassword, ...PROBLEMS },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { disabled, resetPassword, ...body } = request.body;
        const before = await accountById(register, id);
        if (!before) throw unknownAccount();
        const at = toInstant(Date.now());
        const { role, person, jurisdiction, expiresAt } = mustFit(organisation, {
          role: body.role ?? before.role,
          person: body.person === undefined ? before.person : body.person,
          // Somebody who moves to another body is bound to that one, unless told otherwise.
          jurisdiction: body.jurisdiction ?? (body.person ? null : before.jurisdiction),
          expiresAt:
            body.expiresAt === undefined
              ? before.expiresAt
              : body.expiresAt && toInstant(Date.parse(body.expiresAt)),
        });
        const isTakenAway = role !== 'administrator' || disabled === true || expiresAt !== null;
        if (before.role === 'administrator' && isTakenAway && !(await hasOtherAdministrator(register, id)))
          throw lastAdministrator();
        const { oidcSubject = before.oidcSubject } = body;
        const isOthers = oidcSubject !== before.oidcSubject;
        if (isOthers) await mustBeFree(oidcSubject);
        const oneTimePassword = resetPassword ? newOneTimePassword() : undefined;
        await onRecord(register, request, {
          ...{ area: 'rights', subject: `account ${before.name}` },
          from: rightsOf(before),
          to: {
            ...{ role, person, jurisdiction, expiresAt },
            disabled: disabled ?? before.disabledAt !== null,
            ...(resetPassword ? { passwordReset: true } : {}),
          },
          // Who signs in as it is a right; what the provider calls them may be a name.
          ...(isOthers ? { personal: subjects(before.oidcSubject, oidcSubject) } : {}),
        });
        const account = await changeAccount(register, id, {
          ...{ role, person, jurisdiction, expiresAt, rightsAt: at },
          ...(isOthers ? { oidcSubject } : {}),
          ...(disabled === undefined ? {} : { disabledAt: disabled ? at : null }),
          ...(oneTimePassword
            ? { passwordHash: await hashPassword(oneTimePassword), mustChangePassword: true }
            : {}),
        });
        if (disabled || oneTimePassword || isOthers) await sessions.endAll(id);
        return { account: shownAccount(account!), ...(oneTimePassword ? { oneTimePassword } : {}) };
      },
    );

    async function mustBeFree(subject: string | null | undefined): Promise<void> {
      if (subject && (await accountBySubject(register, subject))) throw subjectTaken();
    }
  };

const subjects = (from: string | null, to: string | null): Record<string, string> => ({
  ...(from === null ? {} : { 'from.oidcSubject': from }),
  ...(to === null ? {} : { 'to.oidcSubject': to }),
});

const rightsOf = ({ role, person, jurisdiction, expiresAt, disabledAt }: AccountRow) => ({
  ...{ role, person, jurisdiction, expiresAt },
  disabled: disabledAt !== null,
});

const nameTaken = (): Problem =>
  new Problem({ status: 409, code: 'NAME_TAKEN', title: '账号名已被使用', detail: 'Choose another name.' });

const subjectTaken = (): Problem =>
  new Problem({
    status: 409,
    code: 'SUBJECT_TAKEN',
    title: '该统一身份标识已对应另一账号',
    detail: 'Take it off the other account first: it signs in as one account alone.',
  });

export const unknownAccount = (): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_ACCOUNT',
    title: '没有此账号',
    detail: 'GET /api/accounts lists them.',
  });

const lastAdministrator = (): Problem =>
  new Problem({
    status: 409,
    code: 'LAST_ADMINISTRATOR',
    title: '至少保留一个管理员账号',
    detail: 'Make another administrator first.',
  });
