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
  erasures: z
    .array(
      z.object({
        incidentId: z.string(),
        number: z.string().nullable(),
        basis: z.enum(['retention', 'law']),
        legalBasis: z.string().nullable(),
        proposedBy: z.string(),
        approvedBy: z.string(),
        erasedAt: z.string(),
        values: z.number().int(),
        files: z.number().int(),
        change: z.number().int().nullable().describe('Its entry in the change record'),
      }),
    )
    .describe('What was lawfully erased, when, by whom and on what basis'),
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
