import { z } from 'zod';
import { periodQuery } from './period.ts';
import { instant } from './schemas.ts';

const drill = z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false);

export const registerQuery = periodQuery.extend({
  drill: drill.describe('Drills instead of what happened'),
});
export const registerPreviewQuery = registerQuery.extend({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(10)
    .describe('So many incidents, with all their lines'),
});

const words = z.string().nullable();

export const registerLineSchema = z.object({
  id: z.uuid(),
  number: words,
  drill: z.boolean(),
  officeName: z.string(),
  eventTypeName: words,
  branchName: words,
  status: z.enum(['open', 'closed']),
  clause: words,
  stageName: words,
  actor: words,
  partyName: words.describe('Whom it told'),
  occurredAt: words,
  discoveredAt: words,
  reportedAt: instant.describe('When this recipient was first told'),
  receivedAt: instant.describe('When this recipient first confirmed'),
  clock: z
    .enum(['plan', 'statutory', 'local'])
    .nullable()
    .describe('预案／法定／本局: where the duty comes from'),
  planText: words.describe("The plan's own word"),
  within: words.describe("The bureau's own limit, ISO 8601; null: 未载明"),
  dueAt: instant,
  resolvedAt: instant,
  outcomeName: words,
});
export type RegisterLineBody = z.infer<typeof registerLineSchema>;

export const registerSchema = z.object({
  from: z.string(),
  to: z.string(),
  lines: z.array(registerLineSchema),
});
export type RegisterBody = z.infer<typeof registerSchema>;
