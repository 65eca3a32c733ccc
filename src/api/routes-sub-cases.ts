import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant } from '../incident/instant.ts';
import type { Plan } from '../plan/load.ts';
import { intakeOf, logIdentityRead, openPersonal } from '../store/incidents.ts';
import { openSubCase } from '../workflows/messages.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { usedBy } from './identity-reading.ts';
import { isSameBody, subCaseIdOf } from './intake.ts';
import { Problem } from './problem.ts';
import { chosenPart } from './routes-branch.ts';
import { say } from './say.ts';
import { mustStillRun } from './still-runs.ts';
import { idempotencySchema, idParams, PROBLEMS } from './schemas.ts';
import { subCaseBody, type SubCaseBody } from './schemas-acts.ts';
import { subCaseReport } from './sub-case.ts';

/** How long Temporal has to say whether the sub-case that was opened before still runs. */
const PATIENCE_MS = 2_500;

const opened = z.object({ id: z.uuid().describe('The sub-case: an incident of its own') });

/** Cases of their own under an incident: a flood with two missing. */
export const subCaseRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;

    app.post(
      '/api/incidents/:id/sub-cases',
      {
        schema: {
          tags: ['acts'],
          summary:
            'Open a sub-case in a branch of its own, about some of the subjects. It runs by itself and outlives a change of this incident',
          params: idParams,
          headers: idempotencySchema,
          body: subCaseBody,
          response: { 200: opened, 201: opened, ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { params, body, headers, apiKeyId } = request;
        const parentId = params.id as IncidentId;
        const id = subCaseIdOf(parentId, apiKeyId, headers['idempotency-key']);
        const before = await intakeOf(register, id);
        if (before) {
          const first = repeated(id, body, before.bodyHash);
          await mustStillRun(deps, { id, ...before }, Date.now() + PATIENCE_MS);
          return reply.code(200).send(first);
        }

        const parent = await acting.openRecord(parentId);
        acting.mustBeOneOfOurs(body.by, parent);
        const edition = await acting.editionOf(parent);
        const plan = chosenPart(edition, body.branch);
        mustKnowType(edition, body.eventType);
        await logIdentityRead(register, {
          incidentId: parentId,
          ...usedBy(request, '开立子案'),
          route: 'POST /api/incidents/{id}/sub-cases',
        });
        const report = subCaseReport(body, parent, await openPersonal(register, parentId), {
          ...deps,
          id,
          apiKeyId,
          receivedAt: toInstant(Date.now()),
        });
        const { by, reason, subjects } = body;
        const numbers = [...new Set(subjects)];
        const { subCase } = await say(
          deps,
          parentId,
          openSubCase,
          { plan, report, subjects: numbers, by, reason },
          { again: 'counts' },
        );
        return reply.code(201).send({ id: subCase });
      },
    );

    function repeated(id: IncidentId, body: SubCaseBody, hash: string): z.infer<typeof opened> {
      if (isSameBody(deps.keyring, body, hash)) return { id };
      throw new Problem({
        status: 409,
        code: 'IDEMPOTENCY_KEY_REUSED',
        title: '同一幂等键已用于另一起子案',
        detail: 'The first sub-case stands. Send another Idempotency-Key with another sub-case.',
        more: { id },
      });
    }
  };

/** Unlike in an alarm, a type that the plan does not have is refused: the branch is chosen already. */
function mustKnowType({ eventTypes }: Plan, eventType: string | null | undefined): void {
  if (!eventType || Object.hasOwn(eventTypes, eventType)) return;
  throw new Problem({
    status: 422,
    code: 'UNKNOWN_EVENT_TYPE',
    title: '预案没有此事件类型',
    detail: 'Leave it out, or choose one of these.',
    more: { eventTypes: Object.entries(eventTypes).map(([key, { name }]) => ({ eventType: key, name })) },
  });
}
