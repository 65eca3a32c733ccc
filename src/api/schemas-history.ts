import { z } from 'zod';

/** The workflow's own history of an incident, in words beside the raw events. Holds identities. */
export const historySchema = z.object({
  story: z.array(
    z.object({ at: z.string(), run: z.string(), text: z.string(), events: z.array(z.number().int()) }),
  ),
  next: z
    .array(
      z.object({
        at: z.string(),
        stageId: z.string(),
        stageName: z.string(),
        line: z.string(),
        partyName: z.string(),
      }),
    )
    .nullable()
    .describe('What happens next if nobody acts, soonest first; null while no worker answers'),
  runs: z.array(
    z.object({
      runId: z.string(),
      workflowType: z.string(),
      endedAt: z.string().nullable(),
      archived: z.boolean(),
      events: z.array(
        z.object({
          id: z.number().int(),
          at: z.string(),
          type: z.string(),
          attributes: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ),
});
