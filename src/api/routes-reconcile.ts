import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { reconcile } from '../reconcile/reconcile.ts';
import type { ApiDeps } from './deps.ts';
import { isUnreachable, unavailable } from './incident-problems.ts';
import { reconciledSchema } from './schemas-reconcile.ts';
import { PROBLEMS } from './schemas.ts';

/** Comparing the register with the workflows, as after a restore. It changes nothing. */
export const reconcileRoutes =
  (deps: Pick<ApiDeps, 'register' | 'client'>): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/reconcile',
      {
        schema: {
          tags: ['audit'],
          summary:
            'Compare open incidents in the register with their workflows, and name each difference with what to do',
          response: { 200: reconciledSchema, ...PROBLEMS },
        },
      },
      async () =>
        reconcile(deps).catch((error: unknown) => {
          throw isUnreachable(error) ? unavailable('Temporal does not answer. Try again.') : error;
        }),
    );
  };
