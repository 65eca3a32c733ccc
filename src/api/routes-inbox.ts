import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { MessageKey } from '../incident/ids.ts';
import { inboxOf, readFromInbox } from '../store/inbox.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { PROBLEMS } from './schemas.ts';

const person = z.object({ person: z.string().min(1).max(64) });

/** The in-app messages of a person: what a notice says, without any identity. Reading one is no receipt: its link confirms. */
export const inboxRoutes =
  ({ register }: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/people/:person/messages',
      {
        schema: {
          tags: ['people'],
          summary: 'In-app messages of a person, the newest first',
          params: person,
          querystring: z.object({
            unread: z.enum(['true', 'false']).default('true'),
            limit: z.coerce.number().int().min(1).max(200).default(50),
          }),
          response: {
            200: z.array(
              z.object({
                key: z.string(),
                subject: z.string(),
                text: z.string(),
                at: z.string(),
                readAt: z.string().nullable(),
              }),
            ),
            ...PROBLEMS,
          },
        },
      },
      async (request) => {
        mustBeOneself(request, request.params.person);
        const { params, query } = request;
        const { unread, limit } = query;
        const found = await inboxOf(register, params.person, { unreadOnly: unread === 'true', limit });
        return found.map(({ person: _, ...message }) => message);
      },
    );

    app.post(
      '/api/people/:person/messages/read',
      {
        schema: {
          tags: ['people'],
          summary: 'Marks an in-app message as read. That is no receipt',
          params: person,
          body: z.object({ key: z.string().max(300) }),
          response: { 204: z.null(), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        mustBeOneself(request, request.params.person);
        const { params, body } = request;
        const found = await readFromInbox(register, params.person, body.key as MessageKey);
        if (!found) throw new Problem({ status: 404, code: 'MESSAGE_NOT_FOUND', title: '没有这条消息' });
        return reply.status(204).send(null);
      },
    );
  };

/** Its links confirm receipts: a session sees its own person's alone. */
function mustBeOneself({ actor }: FastifyRequest, person: string): void {
  if (actor?.kind !== 'account' || actor.account.person === person) return;
  throw new Problem({ status: 404, code: 'UNKNOWN_PERSON', title: '只能查看本人的消息' });
}
