import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { incidentWorkflowId, type Anchor, type IncidentId } from '../incident/ids.ts';
import { auditRegister } from '../store/audit.ts';
import { position } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { PROBLEMS } from './schemas.ts';

const PATIENCE_MS = 5_000;

export const auditSchema = z.object({
  incidents: z.number().int(),
  entries: z.number().int(),
  problems: z.array(
    z.object({
      incidentId: z.string(),
      number: z.string().nullable(),
      seq: z.number().int().nullable(),
      code: z.string(),
      text: z.string(),
    }),
  ),
});

/** Verifying the register against itself and against the workflows. */
export const auditRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/audit',
      {
        schema: {
          tags: ['audit'],
          summary: "Verify every timeline's chain, and its end against the workflow's anchor",
          response: { 200: auditSchema, ...PROBLEMS },
        },
      },
      async () => auditRegister(deps.register, (id) => anchorOf(deps, id)),
    );
  };

/** The last entry that the workflow knows to be written; null where Temporal has forgotten the workflow or nobody answers. */
async function anchorOf({ client }: ApiDeps, id: IncidentId): Promise<Anchor | null> {
  try {
    const handle = client.workflow.getHandle(incidentWorkflowId(id));
    return (await client.withDeadline(Date.now() + PATIENCE_MS, () => handle.query(position))).anchor;
  } catch {
    return null;
  }
}
