import { z } from 'zod';
import { problemSchema } from './problem.ts';

export const text = (max: number) => z.string().trim().max(max);
export const instant = z.string().describe('UTC instant, ISO 8601').nullable();

/** What cannot be read as a time is kept as it was given: it is no reason to refuse an alarm. */
export const givenTime = z.union([text(200), z.number()]).nullish();

export const subjectSchema = z.object({
  name: text(200).nullish(),
  file: text(200).nullish(),
  phone: text(64).nullish(),
});

/** `POST /api/incidents`: only office and situation are required; what is missing is marked and blocks nothing. */
export const reportSchema = z.object({
  office: text(64).min(1).describe('The judicial office that reports, by id (GET /api/offices)'),
  situation: text(20_000).min(1).describe('What happened'),
  eventType: text(2_000)
    .nullish()
    .describe('A type of the plan; null or unknown goes to triage, where a person chooses the branch'),
  place: text(2_000).nullish(),
  occurredAt: givenTime.describe(
    'ISO 8601; without an offset, China time. Kept even when unreadable or in the future',
  ),
  discoveredAt: givenTime,
  subjects: z.array(subjectSchema).max(1_000).nullish(),
  measuresTaken: text(20_000).nullish(),
  source: text(2_000).nullish().describe('Who or what the news came from'),
  reporter: z.object({ name: text(200).nullish(), phone: text(64).nullish() }).nullish(),
  reportedBy: z
    .object({
      name: text(200).nullish(),
      number: text(64).nullish(),
      calledAt: givenTime.describe('When the caller said it; when it was registered is `receivedAt`'),
      registeredBy: text(64).min(1).describe('Who of ours took the call, by id'),
    })
    .nullish()
    .describe(
      '代报: the alarm came by phone. The caller is the reporter, and is not asked for anything again',
    ),
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

export const summarySchema = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  drill: z.boolean(),
  status: z.enum(['open', 'closed']),
  office: z.string(),
  eventType: z.string().nullable(),
  branch: z.string().nullable(),
  branchName: z.string().nullable(),
  parent: z.uuid().nullable().describe('The incident that this one is a sub-case of'),
  mergedInto: z.uuid().nullable().describe('The incident that goes on with this one'),
  openedAt: instant,
  closedAt: instant,
});

/** Text to look for. PostgreSQL knows no NUL. */
export const sought = text(200)
  .regex(/^[^\0]*$/)
  .optional();

export const listQuerySchema = z.object({
  status: z.enum(['open', 'closed']).optional(),
  office: sought,
  branch: sought,
  eventType: sought,
  drill: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
  parent: z.uuid().toLowerCase().optional().describe('Only sub-cases of this incident'),
  q: sought.describe('What the number begins with'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z
    .union([z.uuid().toLowerCase(), z.iso.datetime()])
    .optional()
    .describe(
      'Only those after this incident in the list, by the last id of the page before; or opened before this instant',
    ),
});

export const idParams = z.object({ id: z.uuid().toLowerCase() });

export type { IncidentDetailBody } from './schemas-detail.ts';

/** What every route that changes an incident may answer besides its success. */
export const PROBLEMS = { '4xx': problemSchema, '5xx': problemSchema } as const;
