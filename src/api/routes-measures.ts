import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accuses } from '../documents/names.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant, toMs } from '../incident/instant.ts';
import type { Plan } from '../plan/load.ts';
import { addCorrectiveAction } from '../workflows/messages.ts';
import { addMeasure } from '../workflows/messages-measures.ts';
import { accusingText } from './accountability-problems.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { mustBeToCome } from './due-date.ts';
import { actIdOf } from './intake.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';
import { idempotencySchema, idParams, PROBLEMS } from './schemas.ts';
import { measureBody } from './schemas-accountability.ts';
import { correctiveActionBody } from './schemas-acts.ts';

const answer = z.object({ stage: z.string() });

/** What follows from an investigation (六): corrections, commendation, sanction, transfer, each by somebody, by a date. */
export const measureRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { keyring } = deps;
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
          response: { 200: answer, ...PROBLEMS },
        },
      },
      async ({ params, body: { by, owner, action, ...body }, headers, apiKeyId }) => {
        const id = params.id as IncidentId;
        if (accuses(action)) throw accusingText();
        const dueAt = await mustBeAskable(id, { by, owner, dueAt: body.dueAt });
        const again = idsOf(apiKeyId, headers, 'correctiveActions', { by, owner, action, ...body });
        const { stageId } = await say(deps, id, addCorrectiveAction, { by, owner, dueAt, action }, again);
        return { stage: stageId };
      },
    );

    app.post(
      '/api/incidents/:id/measures',
      {
        schema: {
          tags: ['acts'],
          summary:
            'Give a commendation, a sanction, a transfer to justice or a correction an owner and a date (六（二）). The competent body decides: what is ours is to submit it and to record the decision',
          params: idParams,
          headers: idempotencySchema,
          body: measureBody,
          response: { 200: answer, ...PROBLEMS },
        },
      },
      async ({ params, body, headers, apiKeyId }) => {
        const id = params.id as IncidentId;
        if (accuses(body.action)) throw accusingText();
        const dueAt = await mustBeAskable(id, body);
        const again = idsOf(apiKeyId, headers, 'measures', body);
        const { stageId } = await say(deps, id, addMeasure, { ...body, dueAt }, again);
        return { stage: stageId };
      },
    );

    async function mustBeAskable(
      id: IncidentId,
      { by, owner, dueAt }: Pick<z.infer<typeof measureBody>, 'by' | 'owner' | 'dueAt'>,
    ) {
      const incident = await acting.mustBeOpen(id);
      acting.mustBeOneOfOurs(by, incident);
      mustBeOurs(await acting.editionOf(incident), owner);
      const at = toInstant(toMs(dueAt));
      mustBeToCome(at);
      return at;
    }

    const idsOf = (
      apiKeyId: string,
      headers: z.infer<typeof idempotencySchema>,
      kind: string,
      body: object,
    ) => ({
      again: 'counts' as const,
      updateId: actIdOf(keyring, apiKeyId, headers['idempotency-key'], { kind, body }),
    });
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
