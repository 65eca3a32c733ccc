import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { clausesOf } from '../plan/clauses.ts';
import { diffPlans } from '../plan/diff.ts';
import { readPlanFile, type Plan } from '../plan/load.ts';
import { editionsOfPlan, proposalsOf } from '../store/plan-proposals.ts';
import type { ApiDeps } from './deps.ts';
import { editionOrProposal } from './plan-editions.ts';
import { PROBLEMS } from './schemas.ts';
import { diffQuery, diffSchema, editionParams, editionSchema, plansSchema } from './schemas-plans.ts';

/** The plan to be read: its editions, clause by clause beside the data, and what changed between two. */
export const planRoutes =
  (deps: Pick<ApiDeps, 'plan' | 'register'>): FastifyPluginAsyncZod =>
  async (app) => {
    const { plan, register } = deps;
    const tags = ['plans'];

    app.get(
      '/api/plans',
      {
        schema: {
          tags,
          summary: 'The edition in force, those before it, who put them in force, and what is proposed',
          response: { 200: plansSchema, ...PROBLEMS },
        },
      },
      async () => {
        const { pin, title, timeZone } = plan;
        const [editions, proposals] = await Promise.all([
          editionsOfPlan(register, pin.key),
          proposalsOf(register, pin.key),
        ]);
        const published = proposals.filter(({ publication }) => publication !== null);
        return {
          inForce: { ...pin, title, timeZone },
          editions: editions.map((edition) => ({
            ...edition,
            inForce: edition.hash === pin.hash,
            published: published.find(({ hash }) => hash === edition.hash) ?? null,
          })),
          proposals: proposals.filter(({ decision }) => decision === null),
        };
      },
    );

    app.get(
      '/api/plans/:key/:edition',
      {
        schema: {
          tags,
          params: editionParams,
          summary: "An edition clause by clause, beside its data: the plan's, statutory and local duties",
          response: { 200: editionSchema, ...PROBLEMS },
        },
      },
      async ({ params: { key, edition } }) => {
        const read = await editionOrProposal(deps, edition, key);
        const { pin, title, issuer, documentNumber, issued, inForceFrom, text } = read;
        return {
          ...pin,
          title,
          issuer,
          documentNumber,
          issued,
          inForceFrom,
          text,
          inForce: pin.hash === plan.pin.hash,
          eventTypes: Object.entries(read.eventTypes).map(([type, { name, branch }]) => ({
            key: type,
            name,
            branch,
          })),
          parties: Object.entries(read.parties).map(([party, { name, outside }]) => ({
            key: party,
            name,
            outside,
          })),
          clauses: clausesOf(read),
        };
      },
    );

    app.get(
      '/api/plans/:key/:edition/diff',
      {
        schema: {
          tags,
          params: editionParams,
          querystring: diffQuery,
          summary: "What changed from this edition to another, the bureau's own limits apart",
          response: { 200: diffSchema, ...PROBLEMS },
        },
      },
      async ({ params: { key, edition }, query: { against } }) => {
        const before = await editionOrProposal(deps, edition, key);
        const after = await editionOrProposal(deps, against, key);
        return {
          before: before.pin,
          after: after.pin,
          changes: diffPlans(fileOf(before), fileOf(after)),
        };
      },
    );
  };

const fileOf = ({ text }: Plan) => readPlanFile({ name: 'plan', text }).value;
