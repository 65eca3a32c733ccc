import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { servedBy } from '../activities/compose.ts';
import { toInstant } from '../incident/instant.ts';
import { offices, unfilledParties } from '../people/organisation.ts';
import { readDraft } from '../plan/draft.ts';
import { mustHaveTemplates } from '../documents/of-plan.ts';
import { findings } from '../plan/findings.ts';
import { PlanError, readPlanText, type Plan } from '../plan/load.ts';
import { simulate } from '../simulation/simulate.ts';
import type { ApiDeps } from './deps.ts';
import { draftInvalid, unknownOffice } from './plan-problems.ts';
import { editionOrProposal } from './plan-editions.ts';
import { templatesOf } from './document-desk.ts';
import { Problem } from './problem.ts';
import { PROBLEMS } from './schemas.ts';
import { checkBody, checkSchema, previewBody, previewSchema } from './schemas-plans.ts';

type TrialDeps = Pick<ApiDeps, 'plan' | 'register' | 'organisation' | 'channels' | 'documents'>;

/** Drafts tried out: checked as one types, and simulated. Nothing is kept and nobody is told. */
export const planTrialRoutes =
  (deps: TrialDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { plan, organisation, channels } = deps;
    const tags = ['plans'];
    const served = channels ? { served: servedBy(channels) } : {};

    app.post(
      '/api/plans/check',
      {
        schema: {
          tags,
          body: checkBody,
          summary: 'All mistakes of a draft, else what a careful reader asks of it and what it changes',
          response: { 200: checkSchema, ...PROBLEMS },
        },
      },
      async ({ body: { text } }) => {
        const nothing = { valid: false, kind: null, findings: [], changes: [], problems: [] };
        try {
          const { plan: draft, changes, kind } = readDraft(text, { ...plan });
          mustHaveTemplates(draft, templatesOf(deps).keys());
          const found = findings(draft, unfilledParties(draft, organisation, served.served));
          return {
            ...nothing,
            valid: true,
            kind: changes.length > 0 ? kind : null,
            changes,
            findings: found.map(({ kind: code, path, line, text }) => ({ code, path, line, text })),
          };
        } catch (error) {
          if (!(error instanceof PlanError)) throw error;
          const code = 'PLAN_INVALID' as const;
          return { ...nothing, problems: error.problems.map((problem) => ({ code, ...problem })) };
        }
      },
    );

    app.post(
      '/api/plans/preview',
      {
        schema: {
          tags,
          body: previewBody,
          summary: 'Minute by minute, who would be told what and by which method if nobody ever answered',
          response: { 200: previewSchema, ...PROBLEMS },
        },
      },
      async ({ body }) => {
        const tried =
          body.text === undefined ? await editionOrProposal(deps, body.edition) : draftOf(body.text);
        const known = offices(organisation);
        if (!known.some(({ id }) => id === body.office)) throw unknownOffice(known);
        mustHave('type', body.type, Object.keys(tried.eventTypes));
        mustHave('branch', body.branch, Object.keys(tried.branches));
        const { office, minutes, drill } = body;
        return simulate({
          plan: tried,
          organisation,
          office,
          minutes,
          drill,
          ...served,
          eventType: body.type ?? null,
          at: toInstant(Date.parse(body.at)),
          ...(body.branch === undefined ? {} : { branch: body.branch }),
        });
      },
    );
  };

function draftOf(text: string): Plan {
  try {
    return readPlanText(text);
  } catch (error) {
    throw draftInvalid(error);
  }
}

function mustHave(what: 'type' | 'branch', value: string | null | undefined, known: string[]): void {
  if (value === null || value === undefined || known.includes(value)) return;
  throw new Problem({
    status: 422,
    code: what === 'type' ? 'UNKNOWN_EVENT_TYPE' : 'UNKNOWN_BRANCH',
    title: what === 'type' ? '此版预案没有此事件类型' : '此版预案没有此处置分支',
    detail: `Send one of this edition's as "${what}".`,
    more: { known },
  });
}
