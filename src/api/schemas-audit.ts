import { z } from 'zod';

/** What verifying the register found. */
export const auditSchema = z.object({
  incidents: z.number().int(),
  entries: z.number().int(),
  erased: z.number().int().describe('Personal values that were erased: they cannot be checked any more'),
  unanchored: z
    .number()
    .int()
    .describe(
      'Incidents not compared with Temporal: nobody answered, or it has forgotten them and their end is not archived',
    ),
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
