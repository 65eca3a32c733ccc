import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CHANGE_AREAS } from '../store/change-entry.ts';
import { listChanges } from '../store/changes.ts';
import { verifyChanges } from '../store/changes-verify.ts';
import type { ApiDeps } from './deps.ts';
import { changesSchema, knownSchema, verifiedSchema } from './schemas-changes.ts';
import { PROBLEMS } from './schemas.ts';

/** Who changed plan, people, rosters, channels, rights and keys. */
export const changeRoutes =
  ({ register }: Pick<ApiDeps, 'register'>): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/changes',
      {
        schema: {
          tags: ['changes'],
          summary: 'Who changed what, from what to what; newest first',
          querystring: z.object({
            area: z.enum(CHANGE_AREAS).optional(),
            limit: z.coerce.number().int().min(1).max(200).default(50),
            before: z.coerce
              .number()
              .int()
              .min(1)
              .max(2 ** 31 - 1)
              .optional()
              .describe('Only entries with a smaller seq: the last of the page before'),
          }),
          response: { 200: changesSchema, ...PROBLEMS },
        },
      },
      async ({ query }) => listChanges(register, query),
    );

    app.post(
      '/api/changes/verify',
      {
        schema: {
          tags: ['changes'],
          summary: "Verify the change record's chain: names the first broken entry and a cut tail",
          body: z.object({ known: knownSchema.optional() }).nullish(),
          response: { 200: verifiedSchema, ...PROBLEMS },
        },
      },
      async ({ body }) => verifyChanges(register, body?.known),
    );
  };
