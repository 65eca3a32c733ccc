import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IncidentId } from '../incident/ids.ts';
import { incidentById, openPersonal } from '../store/incidents.ts';
import { incidentsNear } from '../store/near.ts';
import { logIdentityReads } from '../store/personal.ts';
import type { ApiDeps } from './deps.ts';
import { DUPLICATE_HOURS, suggestDuplicates } from './duplicates.ts';
import { usedBy } from './identity-reading.ts';
import { onceWritten } from './once-written.ts';
import { idParams, PROBLEMS } from './schemas.ts';

/** How many are compared at most, the nearest in time. */
const COMPARED = 50;

/** Reports that may be of one event. */
export const duplicateRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    app.get(
      '/api/incidents/:id/duplicates',
      {
        schema: {
          tags: ['incidents'],
          summary: `Open incidents of this office, received within ${DUPLICATE_HOURS} hours, that may be the same event, the likeliest first. A person decides (…/merge). The comparing is logged`,
          params: idParams,
          response: {
            200: z.array(
              z.object({
                id: z.uuid(),
                number: z.string().nullable(),
                receivedAt: z.string(),
                score: z.number().int(),
                reasons: z.array(z.enum(['sameEventType', 'sameSubject', 'samePlace'])),
              }),
            ),
            ...PROBLEMS,
          },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const incident = (await incidentById(register, id)) ?? (await onceWritten(deps, id)).incident;
        if (incident.status === 'closed') return [];
        const near = await incidentsNear(register, incident, { hours: DUPLICATE_HOURS, limit: COMPARED });
        const route = 'GET /api/incidents/{id}/duplicates';
        const compared = [incident, ...near];
        await logIdentityReads(
          register,
          compared.map(({ id: incidentId }) => ({ incidentId, ...usedBy(request, '比对重复报告'), route })),
        );
        const opened = [];
        for (const each of compared) {
          opened.push({ ...each, personal: await openPersonal(register, each.id) });
        }
        const [one, ...others] = opened;
        return suggestDuplicates(one!, others);
      },
    );
  };
