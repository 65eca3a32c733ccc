import { z } from 'zod';
import { duration, msOf, words } from './fields.ts';
import { injectSchema, reportedSchema, truthSchema } from './scenario.ts';

const id = z.string().trim().min(1).max(64);

/** A drill order (演练方案). Everybody in its report and script is invented; who takes part is real. */
export const orderSchema = z.strictObject({
  title: words(100),
  /** The kept scenario it was made from; null: free text. */
  scenario: z.string().max(40).nullable().default(null),
  eventType: z.string().max(40).nullable(),
  report: reportedSchema,
  injects: z.array(injectSchema).max(50).default([]),
  truth: truthSchema.default({}),
  /** 敏感节点 */
  keyPeriod: z.string().trim().max(400).default(''),
  /** 针对的薄弱环节 */
  weakPoint: z.string().trim().max(400).default(''),
  /** 针对的高风险点 */
  riskPoint: z.string().trim().max(400).default(''),
  /** The offices it is held at, with who takes part for real at each. */
  offices: z
    .array(z.strictObject({ office: id, participants: z.array(id).max(50).default([]) }))
    .min(1)
    .max(50),
  /** A UTC instant; real time, whatever the clock. */
  startsAt: z.iso.datetime().transform((at) => new Date(at).toISOString()),
  /** How long it goes on, in the drill's own time. */
  duration,
  /** 1: the real clock; N: every limit, and the script, N times as fast. Faster than this nobody answers in time. */
  pace: z.number().int().min(1).max(120).default(1),
  /** 导调人: a person of ours, in whose name the script is played in. */
  director: id,
  /** Outside parties to be told, which nobody is without a written consent. */
  outside: z
    .array(z.strictObject({ office: id, party: z.string().max(60) }))
    .max(50)
    .default([]),
});
export type DrillOrder = z.output<typeof orderSchema>;

/** How far a drill order has come. `withdrawn`: undone before its start. */
export const DRILL_STATUSES = [
  'draft',
  'approved',
  'running',
  'ended',
  'replaced',
  'scored',
  'summarised',
  'withdrawn',
] as const;
export type DrillStatus = (typeof DRILL_STATUSES)[number];

/** Real milliseconds of something that the order counts in its own time. */
export const realMs = ({ pace }: Pick<DrillOrder, 'pace'>, iso: string): number =>
  Math.round(msOf(iso) / pace);
