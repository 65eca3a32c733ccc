import { z } from 'zod';
import { instant } from './schemas.ts';

const named = z.record(z.string(), z.string());

export const courseSchema = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  at: z.string().describe("The server's clock"),
  plan: z.object({ key: z.string(), edition: z.string() }),
  branch: z
    .object({ key: z.string(), name: z.string(), clause: z.string(), entry: z.number().int() })
    .nullable(),
  stages: z
    .array(
      z.object({
        stageId: z.string().nullable().describe('Null while it has not opened'),
        stage: z.string(),
        name: z.string(),
        clause: z.string(),
        source: z.enum(['plan', 'statutory', 'local']),
        planText: z.string().nullable(),
        within: z.string().nullable().describe('Null: 未载明'),
        owner: z.string(),
        ownerName: z.string(),
        ofIncident: z.boolean().describe('先期处置: of the incident, whatever its branch'),
        state: z
          .enum(['done', 'open', 'overdue', 'waiting', 'dropped', 'coming'])
          .describe('waiting: opened, and begins later; dropped: ended without having been done'),
        openedAt: instant,
        startsAt: instant,
        dueAt: instant,
        resolvedAt: instant,
        outcome: z.string().nullable(),
        outcomeName: z.string().nullable(),
        resolvedByName: z.string().nullable(),
        holderName: z.string().nullable(),
        automatic: z.boolean().describe('自动催报·未经人工确认'),
        opensWhen: z
          .array(
            z.object({
              stage: z.string(),
              stageName: z.string(),
              outcome: z.string().nullable().describe('Null: when nobody at all answers'),
              outcomeName: z.string(),
            }),
          )
          .describe('Of one that is coming: what would open it'),
      }),
    )
    .describe('Those that were opened, in their order, then those that may come'),
  next: z
    .array(
      z.object({
        at: z.string(),
        stageId: z.string(),
        stageName: z.string(),
        partyName: z.string(),
        line: z.string(),
        zh: z.string(),
        en: z.string(),
      }),
    )
    .nullable()
    .describe('Who is told next if nobody acts, soonest first; null while no worker answers'),
  record: z
    .object({
      verified: z.boolean(),
      entries: z.number().int(),
      erased: z.number().int(),
      firstBroken: z.number().int().nullable().describe('Where the chain breaks first'),
      codes: z.array(z.string()),
      anchored: z.boolean().describe("Whether the end was compared with the workflow's own"),
    })
    .describe('The hash check of the timeline, made now'),
  names: z
    .object({ people: named, parties: named, offices: named, outcomes: named })
    .describe('What the ids in this incident are called'),
});
