import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { msBetween, toInstant } from '../incident/instant.ts';
import { addApiKey, expireApiKey, listApiKeys } from '../store/api-keys.ts';
import type { Gate } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { onRecord, takenAway } from './on-record.ts';
import { Problem } from './problem.ts';
import { apiKeySchema, newApiKeyBody, recorded } from './schemas-accounts.ts';
import { PROBLEMS } from './schemas.ts';
import { fingerprint, newApiKey } from './token.ts';

/** Keys for other systems' intake. */
export const apiKeyRoutes =
  ({ register }: ApiDeps, { keys }: Gate): FastifyPluginAsyncZod =>
  async (app) => {
    const tags = ['accounts'];

    app.get(
      '/api/api-keys',
      { schema: { tags, summary: 'Every API key', response: { 200: z.array(apiKeySchema), ...PROBLEMS } } },
      async () => listApiKeys(register),
    );

    app.post(
      '/api/api-keys',
      {
        schema: {
          tags,
          summary: 'Make a key with which another system reports incidents',
          body: newApiKeyBody,
          response: {
            201: z.object({ id: z.string(), key: z.string().describe('Shown this once') }),
            ...PROBLEMS,
          },
        },
      },
      async (request, reply) => {
        const { name, scope, ...body } = request.body;
        const expiresAt = toInstant(Date.parse(body.expiresAt));
        if (msBetween(toInstant(Date.now()), expiresAt) <= 0) throw alreadyExpired();
        const key = newApiKey();
        const hash = fingerprint(key);
        const id = `key-${hash.slice(0, 16)}`;
        await onRecord(register, request, {
          area: 'rights',
          subject: `api key ${id}`,
          from: null,
          to: { name, scope, expiresAt },
        });
        await addApiKey(register, { id, name, hash, scope, expiresAt });
        return reply.code(201).send({ id, key });
      },
    );

    app.delete(
      '/api/api-keys/:key',
      {
        schema: {
          tags,
          summary: 'End a key, by its id: at once here, within a minute in other processes',
          params: z.object({ key: z.string().max(64) }),
          response: { 200: apiKeySchema.extend({ recorded }), ...PROBLEMS },
        },
      },
      async (request) => {
        const { params, apiKeyId } = request;
        if (params.key === apiKeyId) throw ownKey();
        const ended = await takenAway(
          register,
          request,
          (within) => expireApiKey(within, params.key, toInstant(Date.now())),
          ({ id }) => ({
            area: 'rights',
            subject: `api key ${id}`,
            from: { expired: false },
            to: { expired: true },
          }),
        );
        if (!ended) throw unknownKey();
        keys.forget(params.key);
        return { ...ended.done, recorded: ended.recorded };
      },
    );
  };

const alreadyExpired = (): Problem =>
  new Problem({
    status: 422,
    code: 'DUE_DATE_UNUSABLE',
    title: '到期时间已过',
    detail: 'Send an instant to come.',
  });

const ownKey = (): Problem =>
  new Problem({ status: 409, code: 'OWN_KEY', title: '不能停用正在使用的密钥', detail: 'Use another one.' });

const unknownKey = (): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_KEY',
    title: '没有此密钥',
    detail: 'GET /api/api-keys lists them.',
  });
