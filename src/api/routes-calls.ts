import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readTime } from '../incident/facts.ts';
import type { IncidentId } from '../incident/ids.ts';
import { personById } from '../people/organisation.ts';
import { logCall } from '../workflows/messages-receipts.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { logDisclosure } from './call-back.ts';
import { actIdOf } from './intake.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';
import { idempotencySchema, idParams, PROBLEMS } from './schemas.ts';
import { callBody } from './schemas-receipts.ts';

/** The log of phone calls: who called whom, number, when, what was said. A call is no receipt by itself. */
export const callRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { organisation, keyring } = deps;
    app.post(
      '/api/incidents/:id/calls',
      {
        schema: {
          tags: ['acts'],
          summary:
            'Log a phone call. Number and words are sealed. With `callback`, identities may be said in it: that is logged as a reading',
          params: idParams,
          headers: idempotencySchema,
          body: callBody,
          response: { 200: z.object({ at: z.string().describe('When it was recorded') }), ...PROBLEMS },
        },
      },
      async (request) => {
        const { params, body, headers, apiKeyId } = request;
        const id = params.id as IncidentId;
        const { by, to, number, answered } = body;
        const incident = await (body.callback ? acting.openRecord(id) : acting.mustBeOpen(id));
        acting.mustBeOneOfOurs(by, incident);
        if ('person' in to && !personById(organisation, to.person)) throw unknownPerson();
        const calledAt = readTime(body.at).instant!;
        // Written before the call is: nothing is said that nobody could know of.
        if (body.callback) await logDisclosure(deps, request, { ...body, incident: incident!, calledAt });
        return say(
          deps,
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
