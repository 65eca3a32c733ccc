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
import type { Register } from '../store/open.ts';
import { rightsAfter, rightsOf, type AccountRights } from './account-change.ts';
import { mustFit } from './account-checks.ts';
import type { Gate } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { hashPassword } from './passwords.ts';
import { onRecord, takenAway } from './on-record.ts';
import { Problem } from './problem.ts';
import {
  accountChangeBody,
  accountSchema,
  newAccountBody,
  oneTime,
  recorded,
  shownAccount,
} from './schemas-accounts.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import { newOneTimePassword } from './token.ts';

const withPassword = z.object({ account: accountSchema, oneTimePassword: oneTime });
const changedSchema = withPassword.extend({ recorded });

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
          area: 'rights',
          subject: `account ${name}`,
          from: null,
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
          response: { 200: changedSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { id } = request.params;
        const found = await accountById(register, id);
        if (!found) throw unknownAccount();
        const before = rightsOf(found);
        const { after, onlyLess } = rightsAfter(organisation, before, request.body);
        const isAdministrator = after.role === 'administrator' && !after.disabled && after.expiresAt === null;
        if (
          before.role === 'administrator' &&
          !isAdministrator &&
          !(await hasOtherAdministrator(register, id))
        )
          throw lastAdministrator();
        const isOthers = after.oidcSubject !== before.oidcSubject;
        if (isOthers) await mustBeFree(after.oidcSubject);

        const oneTimePassword = request.body.resetPassword ? newOneTimePassword() : undefined;
        const passwordHash = oneTimePassword && (await hashPassword(oneTimePassword));
        const change = (within: Register) => changed(within, found, { before, after }, passwordHash);
        const from = shownRights(before);
        const to = { ...shownRights(after), ...(oneTimePassword ? { passwordReset: true } : {}) };
        const entry = { area: 'rights' as const, subject: `account ${found.name}`, from, to };
        let isRecorded = true;
        if (onlyLess) isRecorded = (await takenAway(register, request, change, () => entry))!.recorded;
        else {
          // Who signs in as it is a right; what the provider calls them may be a name.
          const personal = isOthers ? subjects(before.oidcSubject, after.oidcSubject) : {};
          await onRecord(register, request, { ...entry, personal });
          await change(register);
        }
        if (request.body.disabled || oneTimePassword || isOthers) await sessions.endAll(id);
        const account = shownAccount((await accountById(register, id))!);
        return { account, recorded: isRecorded, ...(oneTimePassword ? { oneTimePassword } : {}) };
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

/** As the change record has it: that the provider knows them, and not as whom. */
const shownRights = ({ oidcSubject, ...rights }: AccountRights) => ({
  ...rights,
  singleSignOn: oidcSubject !== null,
});

function changed(
  register: Register,
  { id, disabledAt }: AccountRow,
  { before, after }: { before: AccountRights; after: AccountRights },
  passwordHash: string | undefined,
): Promise<AccountRow | null> {
  const at = toInstant(Date.now());
  // Only what changes: what somebody else changed meanwhile, a lock above all, stands.
  const { disabled, ...changes } = Object.fromEntries(
    Object.entries(after).filter(([name, value]) => value !== before[name as keyof AccountRights]),
  ) as Partial<AccountRights>;
  return changeAccount(register, id, {
    ...changes,
    rightsAt: at,
    ...(disabled === undefined ? {} : { disabledAt: disabled ? (disabledAt ?? at) : null }),
    ...(passwordHash ? { passwordHash, mustChangePassword: true } : {}),
  });
}

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
