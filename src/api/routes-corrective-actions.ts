import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant, toMs } from '../incident/instant.ts';
import type { Plan } from '../plan/load.ts';
import { addCorrectiveAction } from '../workflows/messages.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { actIdOf } from './intake.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';
import { idempotencySchema, idParams, PROBLEMS } from './schemas.ts';
import { correctiveActionBody } from './schemas-acts.ts';

/** What an investigation found has to be put right (整改), by somebody, by a date (六（一）). */
export const correctiveActionRoutes =
  ({ client, keyring }: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/incidents/:id/corrective-actions',
      {
        schema: {
          tags: ['acts'],
          summary:
            'Give a corrective action an owner and a date: a duty of the aftermath with its own clock, ended as any other stage',
          params: idParams,
          headers: idempotencySchema,
          body: correctiveActionBody,
          response: { 200: z.object({ stage: z.string() }), ...PROBLEMS },
        },
      },
      async ({ params, body: { by, owner, action, ...body }, headers, apiKeyId }) => {
        const id = params.id as IncidentId;
        const incident = await acting.mustBeOpen(id);
        acting.mustBeOneOfOurs(by, incident);
        mustBeOurs(await acting.editionOf(incident), owner);
        const dueAt = toInstant(toMs(body.dueAt));
        mustBeToCome(dueAt);
        const { stageId } = await say(
          client,
          id,
          addCorrectiveAction,
          { by, owner, dueAt, action },
          {
            again: 'counts',
            updateId: actIdOf(keyring, apiKeyId, headers['idempotency-key'], {
              kind: 'correctiveActions',
              body: { by, owner, action, ...body },
            }),
          },
        );
        return { stage: stageId };
      },
    );
  };

/** No deadlines for outsiders (rules of care, 6). A party that the plan does not have is the incident's to refuse. */
function mustBeOurs({ parties }: Plan, owner: string): void {
  if (!Object.hasOwn(parties, owner) || !parties[owner]!.outside) return;
  throw new Problem({
    status: 422,
    code: 'OUTSIDE_PARTY',
    title: '不能给外部单位下达期限',
    detail: 'Choose a party of the bureau or its offices, who then turns to the outside party.',
  });
}

const TEN_YEARS_MS = 3_653 * 24 * 60 * 60_000;

/** Throws 422 `DUE_DATE_UNUSABLE`. */
export function mustBeToCome(dueAt: string): void {
  const left = toMs(dueAt) - Date.now();
  if (left > 0 && left < TEN_YEARS_MS) return;
  throw new Problem({
    status: 422,
    code: 'DUE_DATE_UNUSABLE',
    title: '完成期限须在今后十年之内',
    detail: 'Send an instant to come, within ten years.',
  });
}
