import { z } from 'zod';
import { instant } from './schemas.ts';

const said = z.object({ zh: z.string(), en: z.string() });

export const actSchema = z.object({
  act: z.string(),
  method: z.literal('POST'),
  path: z.string().describe('With the ids filled in'),
  stageId: z.string().nullable(),
  body: z
    .record(z.string(), z.union([z.string(), z.boolean()]))
    .describe('What of the body is fixed by the act'),
  asks: z
    .object({ field: z.string(), label: z.string() })
    .nullable()
    .describe("The words to be typed, and the plan's name for them; null: a form of its own"),
  title: said,
  causes: said.describe('What it will cause, before it is pressed'),
  opens: z.array(z.string()),
});

export const actsSchema = z.object({
  person: z.string().nullable().describe('Who would act; null for an API key'),
  branch: z.string().nullable(),
  acts: z.array(actSchema),
});

export const dutySchema = z.object({
  incidentId: z.uuid(),
  number: z.string().nullable(),
  drill: z.boolean(),
  office: z.string(),
  officeName: z.string(),
  branchName: z.string().nullable(),
  stageId: z.string(),
  stage: z.string(),
  stageName: z.string(),
  clause: z.string(),
  source: z.enum(['plan', 'statutory', 'local']),
  duty: z.string(),
  ownerName: z.string(),
  held: z
    .enum(['takenOver', 'onDuty', 'ofMyBody', 'told'])
    .describe(
      'takenOver: by me; onDuty: my body has it and I am on duty now; ofMyBody; told: of another’s duty',
    ),
  holderName: z.string().nullable(),
  openedAt: z.string(),
  dueAt: instant,
  overdue: z.boolean(),
  receipt: z
    .object({
      acknowledgedAt: instant,
      arrivedAt: instant,
      declinedAt: instant,
      sentAt: instant,
    })
    .describe("Of my body's messages: the earliest receipt, and when it was told last"),
  outcomes: z.array(actSchema).describe('The evidence form: what may be recorded, by me, now'),
});
