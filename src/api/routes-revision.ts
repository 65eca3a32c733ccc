import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toInstant } from '../incident/instant.ts';
import {
  decidePrompt,
  promptAfterInvestigations,
  promptRevision,
  revisionPrompts,
} from '../store/revision-prompts.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { namesOf } from './names.ts';
import { changeBy } from './on-record.ts';
import { editionOrProposal } from './plan-editions.ts';
import * as problems from './register-problems.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import { lawChangeBody, promptDecisionBody, promptSchema } from './schemas-registers.ts';

/** 九: what asks for the plan to be revised, and what a named person decided. */
export const revisionRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation, plan } = deps;
    const tags = ['registers'];

    app.get(
      '/api/revision-prompts',
      {
        schema: {
          tags,
          summary: 'What asks for a revision: investigations, drills, changes of law; undecided ones first',
          response: { 200: z.array(promptSchema), ...PROBLEMS },
        },
      },
      async () => {
        await promptAfterInvestigations(register);
        const { person } = namesOf(organisation, plan);
        return (await revisionPrompts(register)).map(({ raisedBy, decidedBy, ...prompt }) => ({
          ...prompt,
          raisedByName: raisedBy && person(raisedBy),
          decidedByName: decidedBy && person(decidedBy),
        }));
      },
    );

    app.post(
      '/api/revision-prompts',
      {
        schema: {
          tags,
          summary: 'Enter a change of law with its source',
          body: lawChangeBody,
          response: { 204: z.null(), ...PROBLEMS },
        },
      },
      async ({ body: { by, what, source } }, reply) => {
        acting.mustBeOneOfOurs(by, null);
        await promptRevision(register, {
          cause: 'lawChange',
          incidentId: null,
          raisedBy: by,
          raisedAt: toInstant(Date.now()),
          words: `${what}\n来源：${source}`,
        });
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/revision-prompts/:id/decision',
      {
        schema: {
          tags,
          summary:
            'Decide one, with a reason: the plan was revised (in which edition or proposal), or needs none',
          params: idParams,
          body: promptDecisionBody,
          response: { 204: z.null(), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { by, decision, reason } = request.body;
        const { id } = request.params;
        acting.mustBeOneOf(by, null, plan.approvers, 'MAY_NOT_APPROVE');
        const edition = request.body.edition ?? null;
        if (edition !== null) await editionOrProposal(deps, edition);
        const change = changeBy(request, {
          area: 'plan' as const,
          subject: `revision prompt ${id}`,
          from: null,
          to: { decision, edition, by },
          personal: { 'to.reason': reason },
        });
        const decided = { decision, by, reason, edition, at: toInstant(Date.now()) };
        if (!(await decidePrompt(register, id, decided, change))) throw problems.unknownPrompt();
        return reply.code(204).send(null);
      },
    );
  };
