import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IncidentId, StageId } from '../incident/ids.ts';
import { planPart } from '../plan/part-of.ts';
import type { IncidentRow } from '../store/incidents.ts';
import * as messages from '../workflows/messages.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';
import { idParams, instant, PROBLEMS } from './schemas.ts';
import { outcomeBody, stageParams, stillBody, takeOverBody } from './schemas-acts.ts';

/** What people say of a duty: its outcome, that they are at it, that they took it over. */
export const stageRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const tags = ['acts'];

    /** An outcome that leads to another branch needs that branch's part of the plan: the incident says which. */
    async function resolve(
      id: IncidentId,
      incident: IncidentRow | null,
      outcome: Omit<messages.StageOutcome, 'next'>,
    ) {
      try {
        return await say(deps, id, messages.resolveStage, { ...outcome, next: null });
      } catch (error) {
        const branch = branchNeeded(error);
        if (branch === null) throw error;
        const next = planPart(await acting.editionOf(incident), branch);
        return say(deps, id, messages.resolveStage, { ...outcome, next });
      }
    }

    app.post(
      '/api/incidents/:id/stages/:stage/outcome',
      {
        schema: {
          tags,
          summary:
            'Record the outcome of a stage with its evidence. It ends the stage, unless the plan lets it go on with this outcome',
          params: stageParams,
          body: outcomeBody,
          response: {
            200: z.object({
              stage: z.string(),
              outcome: z.string(),
              at: z.string(),
              by: z.string().nullable(),
              ended: z.boolean().describe('False where the stage goes on and its limit begins anew'),
              dueAt: instant.describe('When the next outcome is due, where the stage goes on'),
            }),
            ...PROBLEMS,
          },
        },
      },
      async ({ params, body }) => {
        const id = params.id as IncidentId;
        const incident = await acting.mustBeOpen(id);
        acting.mustBeOneOfOurs(body.by, incident);
        const end = await resolve(id, incident, { ...body, stageId: params.stage as StageId });
        return { stage: params.stage, ...end };
      },
    );

    app.post(
      '/api/incidents/:id/still-responding',
      {
        schema: {
          tags,
          summary: '仍在处置: this person is not reminded for a while; the clocks run on',
          params: idParams,
          body: stillBody,
          response: { 200: z.object({ until: z.string() }), ...PROBLEMS },
        },
      },
      async ({ params, body: { by } }) => {
        const id = params.id as IncidentId;
        acting.mustBeOneOfOurs(by, await acting.mustBeOpen(id));
        return say(deps, id, messages.stillResponding, { by });
      },
    );

    app.post(
      '/api/incidents/:id/take-over',
      {
        schema: {
          tags,
          summary: '接管: reminders go to this person from now on',
          params: idParams,
          body: takeOverBody,
          response: { 200: z.object({ stages: z.array(z.string()) }), ...PROBLEMS },
        },
      },
      async ({ params, body: { by, stage, reason } }) => {
        const id = params.id as IncidentId;
        acting.mustBeOneOfOurs(by, await acting.mustBeOpen(id));
        return say(deps, id, messages.takeOver, { by, stageId: (stage ?? null) as StageId | null, reason });
      },
    );
  };

function branchNeeded(error: unknown): string | null {
  if (!(error instanceof Problem) || error.details.code !== 'BranchNeeded') return null;
  const { about } = error.details.more ?? {};
  return typeof about === 'string' ? about : null;
}
