import { z } from 'zod';

/** What the report page needs to know before anything has happened: nothing of it is personal. */
export const reportFormSchema = z.object({
  offices: z.array(z.object({ id: z.string(), name: z.string() })),
  own: z.string().nullable().describe("The signed-in person's own office, where they have one"),
  kinds: z
    .array(
      z.object({
        eventType: z.string(),
        name: z.string(),
        clause: z.string(),
        branch: z.string().nullable().describe('Where it starts; null: a person chooses'),
        branchName: z.string().nullable(),
        callFirst: z
          .array(z.enum(['110', '120', '119']))
          .describe('Whom a person phones before anything else; this system never dials'),
      }),
    )
    .describe('The kinds of event of the plan, those with a branch of their own first'),
});
