import { z } from 'zod';
import { RECEIPT_CHANNELS, REPORT_ELEMENTS } from '../incident/entry.ts';
import { readTime } from '../incident/facts.ts';
import { MEASURES } from '../incident/measures.ts';
import { DIFFERENCE_KINDS } from '../incident/time-differences.ts';
import { instant, text } from './schemas.ts';

/** The four times of reports and recipients, and what is said about differences between times. */

const by = z.string().min(1).max(64).describe('A person of the organisation, by id');

export const saidTimeSchema = z.object({
  at: instant.describe('Null where nobody has said it, or where it is sealed from this reader'),
  source: z
    .enum([
      'officeReport',
      'laterFact',
      'apiClock',
      'workflowClock',
      'receiptLink',
      'registered',
      'caller',
      'elsewhere',
      'unknown',
    ])
    .describe('Whose word it is'),
  by: z.string().nullable().describe('The person of ours whose word or record it is'),
  channel: z.enum(RECEIPT_CHANNELS).nullable().describe('How a registered receipt came (代录)'),
  seq: z.number().int().nullable().describe('The entry of the timeline that says it'),
});

export const timesSchema = z.object({
  identities: z.enum(['shown', 'withheld']).describe('withheld: times that are sealed have no `at`'),
  times: z.array(
    z.object({
      id: z.string(),
      of: z.enum([
        'firstReport',
        'followUpReport',
        'finalReport',
        'supplementaryReport',
        'mergedReport',
        'message',
        'call',
        'knownElsewhere',
      ]),
      party: z.string().nullable(),
      partyName: z.string().nullable(),
      person: z.string().nullable(),
      stageId: z.string().nullable(),
      occurred: saidTimeSchema,
      discovered: saidTimeSchema,
      reported: saidTimeSchema,
      received: saidTimeSchema,
    }),
  ),
});
export type TimesBody = z.infer<typeof timesSchema>;

const time = text(64)
  .min(1)
  .refine((given) => readTime(given).instant !== null, {
    error: 'a time such as 2026-03-07T02:13:00+08:00; without an offset, China time',
  });

export const knownElsewhereBody = z.object({
  by,
  who: text(200).min(1).describe('Who had known, e.g. a police station'),
  at: time.describe('When they had it'),
  source: text(1_000).min(1).describe('How that is known: their register, a call, a signed note'),
});

export const elsewhereAnswer = z.object({ at: z.string().describe('When it was recorded') });

const said = z.object({
  at: z.string(),
  by: z.string(),
  what: z
    .enum(['explained', 'lookedAt', 'noFurtherQuestion', 'toInvestigation'])
    .describe('explained: the person concerned; the others: the supervisor'),
  text: z.string().nullable().describe('Null where there is none, or once it was erased'),
});

const conclusionSchema = z.object({
  document: z.uuid(),
  name: z.string(),
  number: z.string().nullable(),
  signedBy: z.string(),
  signedAt: z.string(),
  says: z
    .array(z.object({ label: z.string(), text: z.string() }))
    .nullable()
    .describe(
      'What the signed document itself concludes, word by word: empty once it was erased, null to a reader who gave no reason (x-reason)',
    ),
});

const differenceSchema = z.object({
  difference: z.string().describe('Its key, to be sent with an explanation or a word'),
  kind: z.enum(DIFFERENCE_KINDS),
  report: z.number().int().describe('Which report it is about; 0 is the first'),
  role: z.enum(['person', 'supervisor']).describe('As whom the reader sees it'),
  person: z.string().nullable(),
  supervisor: z.string().nullable(),
  times: z.array(
    saidTimeSchema.extend({
      label: z.enum(['discovered', 'reported', 'knownElsewhere', 'toldBefore', 'verified']),
    }),
  ),
  limit: z
    .object({ within: z.string(), source: z.literal('local') })
    .nullable()
    .describe("The bureau's own limit where the difference comes from it: local, and by itself no proof"),
  element: z.string().nullable(),
  who: z.string().nullable(),
  confirmed: z.string().nullable(),
  source: z.string().nullable(),
  said: z.array(said),
});

export const differencesSchema = z.array(
  z.object({
    incident: z.uuid(),
    number: z.string().nullable(),
    office: z.string(),
    names: z
      .record(z.string(), z.string())
      .describe('People and the office by id, as far as they are named here'),
    differences: z.array(differenceSchema),
    conclusion: conclusionSchema
      .nullable()
      .describe('The signed report of the investigation; null until it is signed'),
  }),
);
export type DifferencesBody = z.infer<typeof differencesSchema>;

const difference = z.string().min(1).max(100);
export const explanationBody = z.strictObject({
  difference,
  text: text(8_000).min(1).describe('In their own words; sealed, and shown to the two alone'),
});
export const judgementBody = z.strictObject({
  difference,
  word: z.enum(['lookedAt', 'noFurtherQuestion', 'toInvestigation']),
  note: text(4_000).nullish(),
});
export const saidAnswer = z.object({ at: z.string() });

export const verifiedBody = z.object({
  by,
  about: z
    .enum(['contradicted', 'unreported'])
    .describe(
      'What was confirmed differs from a report; or no report had it, found once the response has ended',
    ),
  report: z.number().int().min(0).default(0).describe('Which report; 0 is the first'),
  element: z.enum(REPORT_ELEMENTS).nullish(),
  at: time.describe('Since when it was so, or known'),
  confirmed: text(4_000).min(1).describe('What was confirmed: facts alone'),
  source: text(1_000).min(1).describe('By what source'),
});

export const measureBody = z.object({
  by,
  measure: z.enum(MEASURES).describe('整改, 表彰奖励, 责任追究, 移交司法机关'),
  owner: z.string().min(1).max(64).describe('A party of the plan; none from outside'),
  dueAt: z.iso.datetime({ offset: true }).describe('An instant to come, within ten years'),
  action: text(4_000).min(1).describe('Whom and what it is about, by the signed report: facts alone'),
});
