import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { msBetween, toInstant } from '../incident/instant.ts';
import { accountById } from '../store/accounts.ts';
import { addIdentityGrant, endIdentityGrant, identityGrants } from '../store/identity-grants.ts';
import { rightMissing } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { onRecord, takenAway } from './on-record.ts';
import { Problem } from './problem.ts';
import { unknownAccount } from './routes-accounts.ts';
import { grantBody, grantSchema, recorded } from './schemas-accounts.ts';
import { idParams, PROBLEMS } from './schemas.ts';

const LONGEST_MS = 24 * 60 * 60_000;

/** Leave to see identities for a time, for those whose role does not: given by a leader, with a reason. */
export const identityGrantRoutes =
  ({ register }: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const tags = ['accounts'];

    app.get(
      '/api/identity-grants',
      {
        schema: {
          tags,
          summary: 'Who was given leave, the latest first',
          response: { 200: z.array(grantSchema), ...PROBLEMS },
        },
      },
      async () => identityGrants(register),
    );

    app.post(
      '/api/identity-grants',
      {
        schema: {
          tags,
          summary: 'Let somebody see identities until then, as far as they may read incidents',
          body: grantBody,
          response: { 201: grantSchema, ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { actor } = request;
        const { account, reason, ...body } = request.body;
        // A leader answers for it by name; a key is nobody's.
        if (actor?.kind !== 'account') throw rightMissing('grantIdentity');
        if (account === actor.account.id) throw toOneself();
        const grantedAt = toInstant(Date.now());
        const until = toInstant(Date.parse(body.until));
        const lasts = msBetween(grantedAt, until);
        if (lasts <= 0 || lasts > LONGEST_MS) throw tooLong();
        const to = await accountById(register, account);
        if (!to) throw unknownAccount();
        await onRecord(register, request, {
          area: 'rights',
          subject: `identities for account ${to.name}`,
          from: null,
          to: { until },
          personal: { 'to.reason': reason },
        });
        const grant = { accountId: account, grantedBy: actor.account.id, grantedAt, until, reason };
        return reply.code(201).send(await addIdentityGrant(register, grant));
      },
    );

    app.delete(
      '/api/identity-grants/:id',
      {
        schema: {
          tags,
          summary: 'Take the leave back before its time',
          params: idParams,
          response: { 200: z.object({ id: z.uuid(), until: z.string(), recorded }), ...PROBLEMS },
        },
      },
      async (request) => {
        const { id } = request.params;
        const ended = await takenAway(
          register,
          request,
          (within) => endIdentityGrant(within, id, toInstant(Date.now())),
          ({ accountId, until }) => ({
            area: 'rights',
            subject: `identities for account ${accountId}`,
            from: { grant: id },
            to: { until },
          }),
        );
        if (!ended) throw unknownGrant();
        return { id, until: ended.done.until, recorded: ended.recorded };
      },
    );
  };

const tooLong = (): Problem =>
  new Problem({
    status: 422,
    code: 'DUE_DATE_UNUSABLE',
    title: '授权须在今后二十四小时内结束',
    detail: 'Send an instant to come, within 24 hours.',
  });

const toOneself = (): Problem =>
  new Problem({ status: 409, code: 'SAME_PERSON', title: '不能给自己授权', detail: 'Another leader may.' });

const unknownGrant = (): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_GRANT',
    title: '没有有效的此项授权',
    detail: 'GET /api/identity-grants lists them; one that is over needs no end.',
  });
