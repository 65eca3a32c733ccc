import { z } from 'zod';
import { REPORT_ELEMENTS, REPORT_KINDS, SAFETY, SUBJECT_OUTCOMES } from '../incident/entry.ts';
import { CORRECTION_TYPES, readTime } from '../incident/facts.ts';
import { givenTime, idParams, subjectSchema, text } from './schemas.ts';

/** What people say to an incident, act by act. */

const by = z.string().min(1).max(64).describe('A person of the organisation, by id');
const evidence = text(4_000).min(1);
const key = z.string().min(1).max(64);
const subjectNumber = z.number().int().min(1).describe('A subject by its number, from 1');

export const stageParams = idParams.extend({
  stage: z.string().regex(/^\d+\.\w+$/, 'a stage id such as 2.policeCall'),
});

export const outcomeBody = z.object({ by, outcome: key, evidence });
export const branchBody = z.object({ by, branch: key, reason: evidence });
export const stillBody = z.object({ by });
export const takeOverBody = z.object({
  by,
  stage: z
    .string()
    .regex(/^\d+\.\w+$/)
    .nullish()
    .describe('Null: every open stage'),
  reason: evidence,
});

export const responseEndedBody = z.object({ by, evidence });
export const closingBody = responseEndedBody.extend({
  as: z
    .enum(['responseEnded', 'falseAlarm'])
    .default('responseEnded')
    .describe('falseAlarm: 误报, which is not 谎报'),
});
export const approvalBody = z.object({
  by,
  approve: z.boolean().default(true),
  reason: evidence,
  proposedAt: z.iso
    .datetime()
    .nullish()
    .describe('The `at` of the proposal that is meant; another one is then refused'),
});

export const subjectsBody = z.object({
  by,
  subjects: z.array(subjectSchema).min(1).max(1_000),
});
export const subjectStatesBody = z.object({
  by,
  changes: z
    .array(
      z.object({
        subject: subjectNumber,
        safety: z.enum(SAFETY).nullish(),
        outcome: z.enum(SUBJECT_OUTCOMES).nullish().describe('How it ended for them'),
        note: text(2_000).nullish(),
      }),
    )
    .min(1)
    .max(1_000)
    .describe('What is null or left out stays as it was'),
});

/** A correction is no alarm: what cannot be read is better asked for again than kept. */
const readableTime = givenTime.refine((value) => readTime(value).unreadable === null, {
  error: 'a time such as 2026-03-07T02:13:00+08:00; without an offset, China time',
});

const yesNo = z.enum(['yes', 'no', 'unknown']);
const personFacts = {
  correctionType: z.enum(CORRECTION_TYPES).nullish().describe('管制, 缓刑, 假释, 暂予监外执行'),
  decidingAuthority: text(200).nullish().describe('决定机关'),
  minor: yesNo.nullish().describe('未成年'),
  enrolled: yesNo.nullish().describe('在册'),
};
export const factsBody = z.object({
  by,
  facts: z
    .strictObject({
      situation: text(20_000).nullish(),
      place: text(2_000).nullish(),
      occurredAt: readableTime,
      discoveredAt: readableTime,
      measuresTaken: text(20_000).nullish(),
      source: text(2_000).nullish(),
      ...personFacts,
    })
    .default({})
    .describe('Facts learnt or corrected: each supersedes what was told before, which stays in the timeline'),
  subjects: z
    .array(z.strictObject({ subject: subjectNumber, ...subjectSchema.shape, ...personFacts }))
    .max(1_000)
    .default([])
    .describe('The same for single subjects'),
});
export type FactsBody = z.infer<typeof factsBody>;

const element = text(4_000).nullish().describe('Null or left out: 正在核实');
export const reportBody = z.object({
  by,
  kind: z
    .enum(['firstReport', ...REPORT_KINDS])
    .describe('续报, 终报, 补报, or the first report written down; a final report needs every element'),
  elements: z.strictObject(
    Object.fromEntries(REPORT_ELEMENTS.map((name) => [name, element])) as Record<
      (typeof REPORT_ELEMENTS)[number],
      typeof element
    >,
  ),
  text: text(20_000).nullish(),
  verifyingUntil: z
    .partialRecord(z.enum(REPORT_ELEMENTS), z.iso.datetime({ offset: true }))
    .nullish()
    .describe('Of what is 正在核实: by when it is to be known'),
  unchanged: z
    .array(z.enum(REPORT_ELEMENTS))
    .nullish()
    .describe('Elements that stand as an earlier report told them: a follow-up does not tell them again'),
  source: text(2_000).nullish().describe('Who told it, by what way'),
  learntAt: z.iso
    .datetime({ offset: true })
    .nullish()
    .describe('Time of receipt: when it reached the office'),
});
export type ReportBody = z.infer<typeof reportBody>;

export const mergeBody = z.object({
  into: z.uuid().toLowerCase().describe('The incident that goes on'),
  by,
  reason: evidence,
});

export const subCaseBody = z.object({
  by,
  branch: key,
  subjects: z.array(subjectNumber).max(1_000).describe('Subjects of this incident it is about'),
  situation: text(20_000).min(1),
  reason: evidence,
  eventType: key.nullish().describe('A type of the plan'),
  place: text(2_000).nullish(),
});
export type SubCaseBody = z.infer<typeof subCaseBody>;

export const correctiveActionBody = z.object({
  by,
  owner: key.describe('A party of the plan; none from outside'),
  dueAt: z.iso.datetime({ offset: true }).describe('An instant to come, within ten years'),
  action: evidence.describe('What has to be corrected'),
});
