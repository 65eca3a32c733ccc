import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IncidentId } from '../incident/ids.ts';
import type { Plan } from '../plan/load.ts';
import type { PlanPart } from '../plan/part.ts';
import { choosableBranches, planPart } from '../plan/part-of.ts';
import { switchBranch } from '../workflows/messages.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import { branchBody } from './schemas-acts.ts';

/** Which branch of the plan fits is a person's decision. */
export const branchRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/incidents/:id/branch',
      {
        schema: {
          tags: ['acts'],
          summary:
            'Decide that another branch of the plan fits: its duties open at once, the old clocks stop',
          params: idParams,
          body: branchBody,
          response: { 200: z.object({ branch: z.string(), entry: z.number().int() }), ...PROBLEMS },
        },
      },
      async ({ params, body: { by, branch, reason } }) => {
        const id = params.id as IncidentId;
        const incident = await acting.mustBeOpen(id);
        acting.mustBeOneOfOurs(by, incident);
        const plan = chosenPart(await acting.editionOf(incident), branch);
        return say(deps, id, switchBranch, { plan, by, reason });
      },
    );
  };

/** The part of a branch that a person may choose. Throws 422 `UNKNOWN_BRANCH`, which names those. */
export function chosenPart(plan: Plan, branch: string): PlanPart {
  const choices = choosableBranches(plan);
  if (choices.includes(branch)) return planPart(plan, branch);
  throw new Problem({
    status: 422,
    code: 'UNKNOWN_BRANCH',
    title: '预案没有此处置分支',
    detail: 'Choose one of these branches.',
    more: {
      branches: choices.map((key) => ({
        branch: key,
        name: plan.branches[key]!.name,
        clause: plan.branches[key]!.clause,
      })),
    },
  });
}
