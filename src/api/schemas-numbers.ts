import { z } from 'zod';
import { periodQuery } from './period.ts';

const seconds = z.number().nullable().describe('Seconds from when the report was received');
const spread = z.object({ count: z.number().int(), p50: seconds, p90: seconds });
const times = z.object({
  firstReceipt: spread.describe('Until anybody first confirmed a message'),
  arrival: spread.describe('Until somebody was at the scene'),
  responseEnded: spread.describe('Until two people ended the response'),
  closed: spread.describe('Until it was closed, the aftermath included; merged reports are left out'),
});
const counts = { incidents: z.number().int(), open: z.number().int(), times };

const part = z.object({
  ...counts,
  offices: z.array(z.object({ office: z.string(), officeName: z.string(), ...counts })),
  overdue: z
    .array(
      z.object({
        office: z.string(),
        officeName: z.string(),
        stage: z.string(),
        stageName: z.string(),
        opened: z.number().int(),
        overdue: z.number().int(),
      }),
    )
    .describe('Duties that were overdue at any time, by stage and office. That is no finding of neglect'),
});
export type NumbersPart = z.infer<typeof part>;

export const numbersSchema = z.object({
  from: z.string(),
  to: z.string(),
  office: z.string().nullable(),
  real: part,
  drills: part,
});
export type NumbersBody = z.infer<typeof numbersSchema>;

export const numbersExportQuery = periodQuery.extend({ format: z.enum(['xlsx', 'csv']).default('xlsx') });
