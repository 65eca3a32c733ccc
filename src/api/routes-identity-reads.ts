import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IncidentId } from '../incident/ids.ts';
import { identityReads } from '../store/personal.ts';
import type { ApiDeps } from './deps.ts';
import { idParams, PROBLEMS } from './schemas.ts';

/** Who read the identities of an incident, when and why: for those who look into it. */
export const identityReadRoutes =
  ({ register }: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/incidents/:id/identity-reads',
      {
        schema: {
          tags: ['audit'],
          summary: 'Who read the identities of this incident, when and why',
          params: idParams,
          response: {
            200: z.array(
              z.object({
                at: z.string(),
                route: z.string(),
                apiKeyId: z.string().describe('The API key, or account-<id>'),
                accountId: z.uuid().nullish(),
                disclosedTo: z
                  .string()
                  .nullish()
                  .describe('Whom it was told to in a verified call-back: a person or a party'),
                reason: z.string().nullish().describe('Keys give none'),
              }),
            ),
            ...PROBLEMS,
          },
        },
      },
      async ({ params }) => identityReads(register, params.id as IncidentId),
    );
  };
