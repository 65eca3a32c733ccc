import { z } from 'zod';
import { RECEIPT_CHANNELS } from '../incident/entry.ts';
import { readTime } from '../incident/facts.ts';
import { HANDOVER_STATUSES } from '../store/handovers.ts';
import { text } from './schemas.ts';

/** What duty officers record for others: receipts, revoked links, calls, shift handovers. */

const person = z.string().min(1).max(64).describe('A person of the organisation, by id');
const stage = z
  .string()
  .max(128)
  .regex(/^\d+\.\w+$/, 'a stage id such as 2.policeCall');
const messageKey = z.string().min(1).max(500).describe('The key of a message, as the timeline has it');
const party = z.string().min(1).max(64).describe('A party of the plan');
const note = text(500).nullish();

/** An instant as somebody says it; without an offset, China time. What cannot be read is asked for again. */
const saidTime = text(200)
  .min(1)
  .refine((value) => readTime(value).instant !== null, {
    error: 'a time such as 2026-03-07T02:13:00+08:00; without an offset, China time',
  });

export const registeredReceiptBody = z
  .object({
    by: person.describe('The clerk'),
    key: messageKey.nullish(),
    stage: stage.nullish().describe('With `party`, instead of `key`'),
    party: party.nullish(),
    channel: z.enum(RECEIPT_CHANNELS).describe('phone, paper or inPerson: they count the same'),
    caller: z.object({ name: text(200).nullish(), number: text(64).nullish() }).default({}),
    toldAt: saidTime.describe('When the caller said it; when it was recorded is the answer’s `at`'),
    note,
  })
  .refine(({ key, stage, party }) => (key ? !stage && !party : !!stage && !!party), {
    error: 'either `key`, or `stage` and `party`',
    path: ['key'],
  });

export const revokeBody = z.object({ by: person, key: messageKey, reason: text(4_000).min(1) });

export const callBody = z
  .object({
    by: person.describe('Who called'),
    to: z
      .union([z.strictObject({ person }), z.strictObject({ party })])
      .describe('Who was called: a person of the organisation, or a party of the plan'),
    number: text(64).min(1),
    at: saidTime.describe('When the call was made'),
    answered: z.boolean(),
    said: text(4_000).nullish().describe('What was said'),
    callback: z
      .literal(true)
      .optional()
      .describe(
        'A verified call-back, in which identities may be said: of a number that the organisation has of whom was called',
      ),
    purpose: text(1_000).min(1).optional().describe('Why identities are said; needed with `callback`'),
  })
  .refine(({ callback, purpose }) => !callback || purpose !== undefined, {
    error: 'why identities are said',
    path: ['purpose'],
  });

export const handoverBody = z.object({
  from: person,
  to: person,
  office: z.string().min(1).max(64).nullish().describe('Only incidents of this office; null: all'),
  note: text(4_000).nullish(),
});
export const acceptBody = z.object({ by: person.describe('The next officer, to whom it was offered') });
export const withdrawBody = z.object({ by: person.describe('Whoever offered it') });
export const handoverQuery = z.object({
  status: z.enum(HANDOVER_STATUSES).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const at = z.string().nullable();
export const handoverSchema = z.object({
  id: z.uuid(),
  status: z.enum(HANDOVER_STATUSES),
  from: z.string(),
  fromName: z.string(),
  to: z.string(),
  toName: z.string(),
  office: z.string().nullable(),
  note: z.string().nullable(),
  offeredAt: z.string(),
  acceptedAt: at,
  withdrawnAt: at,
  duties: z.array(
    z.object({
      incidentId: z.uuid(),
      number: z.string().nullable(),
      office: z.string(),
      stage: z.string(),
      stageName: z.string(),
      clause: z.string(),
      duty: z.string(),
      owner: z.string(),
      openedAt: z.string(),
      dueAt: at,
      overdueAt: at,
      own: z.boolean().describe('False: told to their body, another’s duty; nothing moves'),
      takenOver: z.boolean().nullable().describe('Null while it is offered'),
      skipped: z
        .string()
        .nullable()
        .describe(
          'Why it was not taken over, e.g. StageEnded, IncidentClosed, NotRunning, TakenOverMeanwhile, ToldOnly',
        ),
    }),
  ),
});
