import { z } from 'zod';
import { REPORT_ELEMENTS } from '../incident/entry.ts';
import { offset, words } from './fields.ts';

/** What is played in while a drill runs (情景注入), hidden from those who take part until its time. */
export const INJECT_KINDS = ['facts', 'found', 'secondReport', 'outcome'] as const;
export type InjectKind = (typeof INJECT_KINDS)[number];

export const injectSchema = z.strictObject({
  after: offset.describe('From the start, in the drill’s own time'),
  /**
   * - `facts`: something new is learnt
   * - `found`: somebody is found; those who take part record what follows
   * - `secondReport`: the same event is reported a second time
   * - `outcome`: what a party that takes no part has done, such as the police: it ends the stage
   */
  kind: z.enum(INJECT_KINDS),
  text: words(2_000),
  /** With `outcome`: which stage of the plan, and which of its outcomes. */
  stage: z.string().max(60).optional(),
  outcome: z.string().max(60).optional(),
});
export type Inject = z.output<typeof injectSchema>;

/** What a good report says: for each of the six elements, words that all have to be in it. Left out: it is not judged. */
export const truthSchema = z.partialRecord(z.enum(REPORT_ELEMENTS), z.array(words(60)).min(1).max(10));
export type Truth = z.output<typeof truthSchema>;

export const reportedSchema = z.strictObject({
  situation: words(4_000),
  place: words(200).optional(),
  source: words(200).optional(),
  measuresTaken: words(2_000).optional(),
  subjects: z
    .array(z.strictObject({ name: words(60), file: words(60).optional() }))
    .max(20)
    .default([]),
});

/** A scenario of the kept set: `plans/drills/<key>.yaml`. Everybody in it is invented. */
export const scenarioFile = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  title: words(100),
  clause: words(40),
  eventType: z.string().max(40).nullable(),
  weakPoint: words(400).optional(),
  report: reportedSchema,
  duration: offset,
  injects: z.array(injectSchema).max(50).default([]),
  truth: truthSchema.default({}),
});
export type Scenario = z.output<typeof scenarioFile>;
