import { z } from 'zod';
import { idParams, instant } from './schemas.ts';

const words = (max: number) => z.string().trim().min(1).max(max);
const by = words(64).describe('A person of the organisation, by id');

export const documentParams = idParams.extend({ document: z.uuid().toLowerCase() });
export const formParams = idParams.extend({ template: words(64) });
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
  confirmTimes: z
    .boolean()
    .default(false)
    .describe('A report that says the event came after its discovery is right as it stands'),
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
  draftedByName: z.string(),
  draftedAt: z.string(),
  signedBy: z.string().nullable(),
  signedByName: z.string().nullable(),
  signers: z.array(z.string()).describe('Who may sign it, in words'),
  maySign: z
    .boolean()
    .nullable()
    .describe('Whether who is signed in has the post to sign it and did not draft it; null for a key'),
  meanwhile: z.string().nullable().describe('What is done until it is signed; null for nothing'),
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
    onlyAfter: z.array(z.string()).describe('It is drafted only once a duty has ended so'),
    onlyFor: z.array(z.string()).describe('It is drafted only for these kinds of sentence'),
    meanwhile: z.string().optional().describe('What is done until it is signed'),
    fields: z.record(z.string(), z.object({ label: z.string() })),
  }),
);

export const askedSchema = z.array(
  z.object({
    document: z.string().describe('Its key in the plan'),
    name: z.string(),
    clause: z.string(),
    form: z.string(),
    template: z.string().nullable().describe('Null: it is written by hand'),
    stages: z.array(z.object({ stageId: z.string(), stageName: z.string(), clause: z.string() })),
  }),
);

export const formSchema = z.object({
  fields: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      suggested: z.string().nullable().describe('What stands there where nothing is written'),
    }),
  ),
  verifying: z.array(z.string()).describe('What nobody knows yet: it will stand as 正在核实'),
});

export const differencesSchema = z.object({
  fields: z.record(z.string(), z.string()).describe('What its drafter wrote'),
  changed: z.array(z.object({ name: z.string(), was: z.string().nullable(), is: z.string().nullable() })),
});
