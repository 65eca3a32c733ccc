import { z } from 'zod';
import { RECEIPT_CHANNELS, REPORT_ELEMENTS, REPORT_KINDS } from '../incident/entry.ts';
import { readTime } from '../incident/facts.ts';
import { documentSchema } from './schemas-documents.ts';
import { idParams, instant, text } from './schemas.ts';

/** The report chain: what it shows, and what people say in it. */

const by = z.string().min(1).max(64).describe('A person of the organisation, by id');
const party = z.string().min(1).max(64).describe('A party of the plan');
const report = z.number().int().min(0).describe('Its number in the chain; 0: the first');
const saidTime = text(200)
  .min(1)
  .refine((value) => readTime(value).instant !== null, {
    error: 'a time such as 2026-03-07T02:13:00+08:00; without an offset, China time',
  });

export const KINDS = ['firstReport', ...REPORT_KINDS] as const;
export const draftQuery = z.object({ kind: z.enum(KINDS).default('followUpReport') });
export const reportsParams = idParams;

export const phonedBody = z.strictObject({
  by,
  report: report.default(0),
  to: party.describe('A recipient in the county, by party'),
  number: text(64).min(1),
  at: saidTime.describe('When the call was made'),
  answered: z.boolean(),
  said: text(4_000).nullish().describe('Who took it, and what was said'),
  stage: z
    .string()
    .max(128)
    .regex(/^\d+\.\w+$/)
    .nullish()
    .describe('The duty that this call was; left out: those that ask to report to this party'),
});
export const phonedSchema = z.object({
  at: z.string(),
  ended: z.array(z.string()).describe('Duties that this call was the evidence for'),
  written: z.string().nullable().describe('The duty to send it in writing, with a clock of its own'),
});

export const sendingBody = z.strictObject({
  by,
  document: z.uuid().toLowerCase().describe('A draft goes ahead as 未签发·先行告知'),
});
export const sendingSchema = z.object({
  at: z.string(),
  stage: z.string().nullable().describe('Where its receipts are waited for'),
});

export const handedOnBody = z.strictObject({
  by,
  document: z.uuid().toLowerCase().describe('A signed report'),
  to: party.describe('A party from outside, above the county'),
  channel: z.enum(RECEIPT_CHANNELS),
  at: saidTime.describe('When it was taken there, or said'),
  receiver: text(200).nullish(),
  note: text(500).nullish(),
  decidedBy: by.describe('The leader who decided that it goes there'),
});

export const instructionBody = z.strictObject({
  by,
  from: z
    .union([z.strictObject({ person: by }), z.strictObject({ name: text(200).min(1) })])
    .describe('The leader: a person of the organisation, or somebody else by name'),
  givenAt: saidTime,
  words: text(4_000).min(1),
  to: z
    .union([z.strictObject({ party }), z.strictObject({ person: by })])
    .describe('Who is to carry it out: a party of the bureau, or one person'),
  dueAt: z.iso.datetime({ offset: true }).nullish().describe('Left out: 未载明, it is asked about again'),
});
export const instructionRecorded = z.object({
  instruction: z.number().int(),
  stage: z.string().describe('The duty that follows it up'),
});

const elementName = z.enum(REPORT_ELEMENTS);
const elementSchema = z.object({
  element: elementName,
  state: z
    .enum(['told', 'unchanged', 'verifying', 'open'])
    .describe('unchanged: as an earlier report told it; verifying: 正在核实; open: neither'),
  value: z.string().nullable(),
  since: instant.describe('Since when it has been 正在核实'),
  until: instant.describe('By when it is to be known'),
});

const recipientSchema = z.object({
  party: z.string(),
  name: z.string(),
  toldAt: instant,
  receivedAt: instant,
  receivedBy: z.string().nullable(),
  receivedVia: z.string().nullable(),
  climbedTo: z.string().nullable().describe('Who was asked last while it was silent'),
});

const linkSchema = z.object({
  report,
  kind: z.enum(KINDS),
  name: z.string().describe('首报, 续报一 …, 终报, 补报'),
  at: z.string(),
  by: z.string().nullable(),
  learntAt: instant.describe('Time of receipt: when what it says reached the office'),
  source: z.string().nullable().describe('Who told it, by what way'),
  text: z.string().nullable(),
  elements: z.array(elementSchema),
  phoned: z.array(
    z.object({ party: z.string(), name: z.string(), at: z.string(), answered: z.boolean(), by: z.string() }),
  ),
  documents: z.array(
    documentSchema.pick({
      id: true,
      template: true,
      name: true,
      status: true,
      stamp: true,
      number: true,
      digest: true,
      draftedBy: true,
      draftedAt: true,
      signedBy: true,
      signedAt: true,
      old: true,
      replacedBy: true,
    }),
  ),
  sendings: z.array(
    z.object({
      sending: z.number().int(),
      document: z.string(),
      signed: z.boolean(),
      at: z.string(),
      by: z.string(),
      stage: z.string().nullable(),
      outcome: z.string().nullable(),
      old: z.object({ document: z.string(), act: z.enum(['corrects', 'withdraws']) }).nullable(),
      recipients: z.array(recipientSchema),
    }),
  ),
  handedOn: z.array(
    z.object({
      party: z.string(),
      name: z.string(),
      document: z.string(),
      channel: z.enum(RECEIPT_CHANNELS),
      at: z.string(),
      receiver: z.string().nullable(),
      decidedBy: z.string(),
      by: z.string(),
    }),
  ),
  written: z
    .object({ dueAt: instant, overdueAt: instant, endedAt: instant })
    .nullable()
    .describe('The duty to send it in writing, once it was made by phone'),
  waits: z.enum(['draft', 'signature', 'sending', 'receipts', 'nothing']),
});

const instructionSchema = z.object({
  instruction: z.number().int(),
  from: z.string().nullable().describe('A person by id; null where it is nobody of ours'),
  fromName: z.string().nullable(),
  givenAt: z.string(),
  recordedAt: z.string(),
  words: z.string().nullable(),
  party: z.string(),
  partyName: z.string(),
  person: z.string().nullable(),
  by: z.string(),
  stage: z.string(),
  dueAt: instant,
  overdueAt: instant,
  endedAt: instant,
  carriedOut: z.string().nullable().describe('落实情况, as it was recorded last'),
});

export const chainSchema = z.object({
  identities: z.enum(['shown', 'withheld']),
  number: z.string().nullable(),
  office: z.string(),
  closed: z.boolean(),
  marks: z.array(z.string()).describe('What about the times deserves a look; accuses nobody'),
  reports: z.array(linkSchema),
  instructions: z.array(instructionSchema),
  recipients: z.array(z.object({ party: z.string(), name: z.string() })).describe('In the county'),
  above: z
    .array(z.object({ party: z.string(), name: z.string() }))
    .describe('Outside parties, to whom a signed report is taken on paper or by phone'),
  deciders: z
    .array(z.object({ person: z.string(), name: z.string(), post: z.string() }))
    .describe(
      'Who may decide that a report goes to one of `above`: the approvers of the plan, for this office',
    ),
  templates: z.record(z.string(), z.string()).describe('The template of each kind of report'),
});
export type ChainBody = z.infer<typeof chainSchema>;

export const reportDraftSchema = z.object({
  kind: z.enum(KINDS),
  name: z.string().describe('What it will be called'),
  after: z.object({ report, name: z.string(), at: z.string() }),
  elements: z.array(
    z.object({
      element: elementName,
      state: z.enum(['changed', 'unchanged', 'missing']),
      value: z.string().nullable(),
      before: z.string().nullable(),
      until: instant,
    }),
  ),
  news: z.array(z.object({ at: z.string(), what: z.string() })).describe('Since the report before'),
  missing: z.array(elementName),
});
export type ReportDraftBody = z.infer<typeof reportDraftSchema>;
