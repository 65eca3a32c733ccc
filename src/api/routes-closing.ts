import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IncidentId } from '../incident/ids.ts';
import { AFTERMATH, hasAftermath, planPart } from '../plan/part-of.ts';
import { decideClosing, proposeClosing, type ClosingRequest } from '../workflows/messages.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { proposers } from './proposers.ts';
import { say } from './say.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import { approvalBody, closingBody, responseEndedBody } from './schemas-acts.ts';

const proposed = z.object({
  at: z.string(),
  openStages: z.array(z.string()).describe('Duties still open: the approval ends them too'),
});

/** The end of the response, and of the incident: proposed by one person, decided by another (rules of care, 10). */
export const closingRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { plan } = deps;
    const tags = ['acts'];

    async function propose(id: IncidentId, request: ClosingRequest) {
      const incident = await acting.mustBeOpen(id);
      acting.mustBeOneOf(request.by, incident, proposers(plan, incident));
      return say(deps, id, proposeClosing, request);
    }

    app.post(
      '/api/incidents/:id/closing',
      {
        schema: {
          tags,
          summary: 'Propose closing, with evidence; another person approves',
          params: idParams,
          body: closingBody,
          response: { 200: proposed, ...PROBLEMS },
        },
      },
      async ({ params, body }) => propose(params.id as IncidentId, body),
    );

    app.post(
      '/api/incidents/:id/response-ended',
      {
        schema: {
          tags,
          summary:
            '处置结束: propose that the response has ended, with evidence. Once another person has approved (…/closing/approval) the aftermath follows, where the plan has one',
          params: idParams,
          body: responseEndedBody,
          response: { 200: proposed, ...PROBLEMS },
        },
      },
      async ({ params, body }) => propose(params.id as IncidentId, { ...body, as: 'responseEnded' }),
    );

    app.post(
      '/api/incidents/:id/closing/approval',
      {
        schema: {
          tags,
          summary:
            'Approve (or with approve: false refuse) what another person proposed. A response that has ended goes on in the aftermath, where the plan has one; a false alarm and the aftermath itself are closed',
          params: idParams,
          body: approvalBody,
          response: {
            200: z.object({
              closed: z.boolean(),
              branch: z.string().describe('The branch the incident is in now'),
              at: z.string(),
            }),
            ...PROBLEMS,
          },
        },
      },
      async ({ params, body }) => {
        const id = params.id as IncidentId;
        // Who may approve depends on the incident, so that this act does wait for its record.
        const incident = await acting.openRecord(id);
        const edition = await acting.editionOf(incident).catch(nullWhenUnreadable);
        acting.mustBeOneOf(body.by, incident, (edition ?? plan).approvers, 'MAY_NOT_APPROVE');
        const follows = edition && hasAftermath(edition) && incident.branch !== AFTERMATH;
        return say(deps, id, decideClosing, {
          ...body,
          proposedAt: body.proposedAt ?? null,
          aftermath: follows ? planPart(edition, AFTERMATH) : null,
        });
      },
    );
  };

/** An incident whose edition says too little for this version can be closed all the same: nothing follows it. */
function nullWhenUnreadable(error: unknown): null {
  if (error instanceof Problem && error.details.code === 'PLAN_EDITION_UNREADABLE') return null;
  throw error;
}
