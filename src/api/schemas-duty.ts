import { z } from 'zod';
import { GUARD_CODES } from '../people/guard-finding.ts';
import { ROLES } from '../people/roster-schema.ts';

const windowOf = (days: number) =>
  z.object({
    from: z.iso
      .date()
      .optional()
      .describe('The first date, from 00:00 Asia/Shanghai; now where it is left out'),
    days: z.coerce.number().int().min(1).max(366).default(days).describe('How many days of 24 hours'),
  });

export const dutyQuery = windowOf(7);
export const findingsQuery = windowOf(14);

const instant = z.string().describe('UTC');

export const dutyListSchema = z.object({
  body: z.string(),
  name: z.string(),
  party: z.string(),
  hasRoster: z.boolean().describe('Without one the contacts are told at any hour'),
  spans: z.array(
    z.object({
      from: instant,
      to: instant,
      onDuty: z
        .array(
          z.object({
            name: z.string(),
            as: z.enum(ROLES),
            shift: z.string().nullable(),
            why: z.string(),
            day: z.string().nullable().describe('The name of a holiday or 调休 workday'),
          }),
        )
        .describe('In the order in which they are told'),
    }),
  ),
  contacts: z.array(z.string()).describe('Told after them, in this order'),
});

export const findingsSchema = z.array(
  z.object({
    code: z.enum(GUARD_CODES),
    body: z.string().nullable(),
    person: z.string().nullable(),
    from: instant,
    to: instant,
    text: z.object({ zh: z.string(), en: z.string() }),
    todo: z.string().describe('What mends it'),
    mends: z
      .string()
      .nullable()
      .describe("Who does: the body's administrator; null: the leading-group office"),
  }),
);
