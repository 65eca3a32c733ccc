import { z } from 'zod';

/** What comparing the register with the workflows found. */
export const reconciledSchema = z.object({
  compared: z.number().int().describe('Incidents that are open in the register or run in Temporal'),
  unanswered: z
    .number()
    .int()
    .describe('Those whose workflow nobody answered for: ask again once workers run'),
  differences: z.array(
    z.object({
      incidentId: z.string().nullable(),
      number: z.string().nullable(),
      code: z.string(),
      text: z.string(),
      next: z.string().describe('What to do'),
    }),
  ),
});
