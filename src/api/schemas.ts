import { z } from 'zod';
import { problemSchema } from './problem.ts';

const text = (max: number) => z.string().trim().max(max);
const instant = z.string().describe('UTC instant, ISO 8601').nullable();
const person = z.string().min(1).max(64).describe('A person of the organisation, by id');

/** What cannot be read as a time is kept as it was given: it is no reason to refuse an alarm. */
const time = z.union([text(200), z.number()]).nullish();

/** `POST /api/incidents`: only office and situation are required; what is missing is marked and blocks nothing. */
export const reportSchema = z.object({
  office: text(64).min(1).describe('The judicial office that reports, by id (GET /api/offices)'),
  situation: text(20_000).min(1).describe('What happened'),
  eventType: text(2_000)
    .nullish()
    .describe('A type of the plan; null or unknown goes to triage, where a person chooses the branch'),
  place: text(2_000).nullish(),
  occurredAt: time.describe(
    'ISO 8601; without an offset, China time. Kept even when unreadable or in the future',
  ),
  discoveredAt: time,
  subjects: z
    .array(z.object({ name: text(200).nullish(), file: text(200).nullish(), phone: text(64).nullish() }))
    .max(1_000)
    .nullish(),
  measuresTaken: text(20_000).nullish(),
  source: text(2_000).nullish().describe('Who or what the news came from'),
  reporter: z.object({ name: text(200).nullish(), phone: text(64).nullish() }).nullish(),
  drill: z
    .boolean()
    .default(false)
    .describe('【演练】 on every message; no outside party is reached; counted apart'),
});
export type ReportBody = z.infer<typeof reportSchema>;

export const idempotencySchema = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('The same key and body give the same incident'),
});

export const acceptedSchema = z.object({
  id: z.uuid(),
  number: z
    .string()
    .nullable()
    .describe('Null until the register has allotted it; GET the incident a moment later'),
  status: z.enum(['open', 'closed']),
  branches: z.array(
    z.object({ entry: z.number().int(), branch: z.string(), name: z.string(), clause: z.string() }),
  ),
  missing: z.array(z.string()).describe('Facts not yet known'),
  marks: z
    .array(z.string())
    .describe('What deserves a look, e.g. discoveredBeforeOccurred, unknownEventType'),
});

const toldSchema = z.object({
  party: z.string(),
  partyName: z.string(),
  person: z.string().nullable(),
  channel: z.string().nullable(),
  kind: z.string(),
  sentAt: instant,
  acceptedAt: instant,
  refusedAt: instant,
  acknowledgedAt: instant,
  result: z
    .string()
    .nullable()
    .describe('accepted, refused, noContact, quieted, withheld, withdrawn; null while on its way'),
  code: z.string().nullable(),
  attempts: z.number().int(),
});

const stageSchema = z.object({
  id: z.string(),
  opening: z.number().int(),
  stage: z.string(),
  stageName: z.string(),
  clause: z.string(),
  source: z.enum(['plan', 'statutory', 'local']),
  owner: z.string(),
  planText: z.string().nullable(),
  within: z.string().nullable().describe("The bureau's own limit, ISO 8601; null: 未载明"),
  openedAt: instant,
  dueAt: instant,
  overdueAt: instant,
  resolvedAt: instant,
  outcome: z.string().nullable(),
  resolvedBy: z.string().nullable(),
  holder: z.string().nullable(),
  told: z.array(toldSchema),
});

export const summarySchema = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  drill: z.boolean(),
  status: z.enum(['open', 'closed']),
  office: z.string(),
  eventType: z.string().nullable(),
  branch: z.string().nullable(),
  branchName: z.string().nullable(),
  openedAt: instant,
  closedAt: instant,
});

export const detailSchema = summarySchema.extend({
  closedAs: z.string().nullable(),
  plan: z.object({ key: z.string(), edition: z.string(), hash: z.string() }),
  facts: z.object({
    situation: z.string().nullable(),
    place: z.string().nullable(),
    measuresTaken: z.string().nullable(),
    source: z.string().nullable(),
    reporter: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
    occurredAt: instant,
    discoveredAt: instant,
    receivedAt: instant,
    missing: z.array(z.string()),
    marks: z.array(z.string()),
  }),
  subjects: z.array(
    z.object({ name: z.string().nullable(), file: z.string().nullable(), phone: z.string().nullable() }),
  ),
  branches: z.array(
    z.object({
      entry: z.number().int(),
      branch: z.string(),
      name: z.string(),
      clause: z.string(),
      enteredAt: instant,
      leftAt: instant,
      chosen: z.string(),
      by: z.string().nullable(),
      stages: z.array(stageSchema),
    }),
  ),
  reports: z.array(
    z.object({ kind: z.literal('firstReport'), reportedAt: instant, missing: z.array(z.string()) }),
  ),
  timeline: z.array(
    z.object({
      seq: z.number().int(),
      at: z.string(),
      kind: z.string(),
      data: z.record(z.string(), z.unknown()),
      personal: z.record(z.string(), z.string().nullable()).optional().describe('Null once erased'),
      hash: z.string(),
    }),
  ),
});
export type IncidentDetailBody = z.infer<typeof detailSchema>;

export const listQuerySchema = z.object({
  status: z.enum(['open', 'closed']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z
    .union([z.uuid().toLowerCase(), z.iso.datetime()])
    .optional()
    .describe(
      'Only those after this incident in the list, by the last id of the page before; or opened before this instant',
    ),
});

export const idParams = z.object({ id: z.uuid().toLowerCase() });
export const stageParams = idParams.extend({
  stage: z.string().regex(/^\d+\.\w+$/, 'a stage id such as 2.policeCall'),
});

const evidence = text(4_000).min(1);
export const outcomeBody = z.object({ by: person, outcome: z.string().min(1).max(64), evidence });
export const branchBody = z.object({ by: person, branch: z.string().min(1).max(64), reason: evidence });
export const stillBody = z.object({ by: person });
export const takeOverBody = z.object({
  by: person,
  stage: z
    .string()
    .regex(/^\d+\.\w+$/)
    .nullish()
    .describe('Null: every open stage'),
  reason: evidence,
});
export const closingBody = z.object({
  by: person,
  as: z
    .enum(['responseEnded', 'falseAlarm'])
    .default('responseEnded')
    .describe('falseAlarm: 误报, which is not 谎报'),
  evidence,
});
export const approvalBody = z.object({
  by: person,
  approve: z.boolean().default(true),
  reason: evidence,
  proposedAt: z.iso
    .datetime()
    .nullish()
    .describe('The `at` of the proposal that is meant; another one is then refused'),
});

/** What every route that changes an incident may answer besides its success. */
export const PROBLEMS = { '4xx': problemSchema, '5xx': problemSchema } as const;
