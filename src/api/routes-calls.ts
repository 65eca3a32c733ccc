import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readTime } from '../incident/facts.ts';
import type { IncidentId } from '../incident/ids.ts';
import { personById } from '../people/organisation.ts';
import { logCall } from '../workflows/messages-receipts.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { actIdOf } from './intake.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';
import { idempotencySchema, idParams, PROBLEMS } from './schemas.ts';
import { callBody } from './schemas-receipts.ts';

/** The log of phone calls: who called whom, number, when, what was said. A call is no receipt by itself. */
export const callRoutes =
  ({ client, organisation, keyring }: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/incidents/:id/calls',
      {
        schema: {
          tags: ['acts'],
          summary: 'Log a phone call. Number and words are sealed',
          params: idParams,
          headers: idempotencySchema,
          body: callBody,
          response: { 200: z.object({ at: z.string().describe('When it was recorded') }), ...PROBLEMS },
        },
      },
      async ({ params, body, headers, apiKeyId }) => {
        const id = params.id as IncidentId;
        acting.mustBeOneOfOurs(body.by, await acting.mustBeOpen(id));
        if ('person' in body.to && !personById(organisation, body.to.person)) throw unknownPerson();
        const { by, to, number, answered } = body;
        const calledAt = readTime(body.at).instant!;
        return say(
          client,
          id,
          logCall,
          { by, to, number, calledAt, answered, said: body.said || null },
          {
            again: 'counts',
            updateId: actIdOf(keyring, apiKeyId, headers['idempotency-key'], { kind: 'calls', body }),
          },
        );
      },
    );
  };

const unknownPerson = (): Problem =>
  new Problem({
    status: 422,
    code: 'UNKNOWN_PERSON',
    title: '组织中没有此人',
    detail: '"to.person" is the id of a person of the organisation; name a party for anybody else.',
  });
