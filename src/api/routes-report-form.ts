import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { peopleOf } from '../people/bodies.ts';
import { offices } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import type { ApiDeps } from './deps.ts';
import { PROBLEMS } from './schemas.ts';
import { reportFormSchema } from './schemas-report-form.ts';

type Kind = z.infer<typeof reportFormSchema>['kinds'][number];

/** What can be reported, and by whom. */
export const reportFormRoutes =
  ({ plan, organisation }: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/report-form',
      {
        schema: {
          tags: ['incidents'],
          summary:
            'What the report page shows: offices, the own one, the kinds of event of the plan in force',
          response: { 200: reportFormSchema, ...PROBLEMS },
        },
      },
      async ({ actor }) => {
        const all = offices(organisation);
        const person = actor?.kind === 'account' ? actor.account.person : null;
        const body = organisation.bodies.find((each) => person !== null && peopleOf(each).includes(person));
        const own = body && all.some(({ id }) => id === body.id) ? body.id : null;
        return { offices: all, own, kinds: kindsOf(plan) };
      },
    );
  };

function kindsOf(plan: Plan): Kind[] {
  const kinds = Object.entries(plan.eventTypes).map(([eventType, { name, clause, branch }]) => ({
    eventType,
    name,
    clause,
    branch,
    branchName: branch === null ? null : (plan.branches[branch]?.name ?? null),
    callFirst: callFirst(eventType, branch),
  }));
  return [...kinds.filter(({ branch }) => branch !== null), ...kinds.filter(({ branch }) => branch === null)];
}

/** Kinds of event in which somebody may be in danger this very minute, by the plan's own names for them. */
const IN_DANGER = new Set([
  'violentCrime',
  'selfHarm',
  'hostageTaking',
  'violenceAgainstPersons',
  'actInProgress',
]);

/** 四（三）: on knowing, the police are called at once; a disaster asks for rescue first. A person calls (rules of care, 7). */
function callFirst(eventType: string, branch: string | null): Kind['callFirst'] {
  if (branch === 'violentAct' || IN_DANGER.has(eventType)) return ['110', '120'];
  if (branch === 'disasterImpact') return ['119', '120', '110'];
  if (eventType === 'activityInjury') return ['120', '110'];
  if (eventType === 'massIncident') return ['110'];
  return [];
}
