import { z } from 'zod';
import { idParams, instant } from './schemas.ts';

const words = (max: number) => z.string().trim().min(1).max(max);
const by = words(64).describe('A person of the organisation, by id');

export const documentParams = idParams.extend({ document: z.uuid().toLowerCase() });
export const scanParams = documentParams.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
export const scanQuery = z.object({
  by: words(64).optional().describe('Who attaches it; of a session whoever is signed in'),
});

export const draftBody = z.strictObject({
  by,
  template: words(64).describe('GET /api/document-templates lists them'),
  fields: z
    .record(z.string(), words(20_000))
    .default({})
    .describe("What the drafter writes, by the template's fields; left out: 正在核实"),
  old: z
    .strictObject({ document: z.uuid().toLowerCase(), act: z.enum(['corrects', 'withdraws']) })
    .optional()
    .describe('The signed document that this one corrects or withdraws'),
});
export type DraftBody = z.infer<typeof draftBody>;

export const signBody = z.strictObject({
  by,
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Of the draft that was seen: another text is not signed'),
});
export const discardBody = z.strictObject({ by });

export const documentSchema = z.object({
  id: z.uuid(),
  template: z.string(),
  name: z.string(),
  status: z
    .enum(['draft', 'signed', 'corrected', 'withdrawn', 'discarded'])
    .describe('corrected, withdrawn: signed, and a later document that was signed says so'),
  stamp: z.string().nullable().describe('What stands on every page of an unsigned one'),
  number: z.string().nullable().describe('Null until it is signed, and for records'),
  drill: z.boolean(),
  digest: z.string().describe('A salted digest of the text: sign with it'),
  verifying: z.array(z.string()).describe('What is 正在核实 in it'),
  draftedBy: z.string(),
  draftedAt: z.string(),
  signedBy: z.string().nullable(),
  signedAt: instant,
  old: z.object({ document: z.string(), act: z.enum(['corrects', 'withdraws']) }).nullable(),
  replacedBy: z.string().nullable(),
  onTimeline: z
    .boolean()
    .describe(
      'Whether its signing is known to stand in the timeline; each later sign-off or scan tries again',
    ),
  scans: z.array(
    z.object({
      sha256: z.string(),
      size: z.number().int(),
      type: z.string(),
      by: z.string(),
      at: z.string(),
    }),
  ),
});
export type DocumentBody = z.infer<typeof documentSchema>;

export const templatesSchema = z.array(
  z.object({
    key: z.string(),
    name: z.string(),
    clause: z.string(),
    form: z.enum(['letter', 'headed', 'upward', 'plain']),
    signedBy: z.array(z.object({ party: z.string(), posts: z.array(z.string()).optional() })),
    beyondCounty: z.boolean(),
    complete: z.boolean().describe('Nothing may be 正在核实 when it is signed'),
    withdraws: z.array(z.string()),
    fields: z.record(z.string(), z.object({ label: z.string() })),
  }),
);
