import { z } from 'zod';
import { CHANGE_GROUPS } from '../plan/diff.ts';
import { text } from './schemas.ts';

/** Plans: editions, clauses, drafts, trials, and what two people put in force. */

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');
const by = z.string().min(1).max(64).describe('A person of the organisation, by id');
const draftText = z.string().min(1).max(900_000).describe("A plan's file, in YAML or JSON");

export const editionParams = z.object({
  key: z.string().max(40).describe('A plan, by its key'),
  edition: z
    .string()
    .max(64)
    .describe('An edition by its hash, by its date (the newest of it), or `inForce`; a proposal by its hash'),
});
export const proposalParams = z.object({ nr: z.coerce.number().int().min(1).max(2_147_483_647) });

export const proposalSchema = z.object({
  nr: z.number().int(),
  key: z.string(),
  edition: z.string(),
  hash,
  kind: z.enum(['limits', 'revision', 'earlier']),
  upon: hash.describe('The edition in force that it was made upon'),
  documentNumber: z.string().nullable(),
  scanHash: z.string().nullable(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  reason: z.string(),
  decision: z.enum(['approved', 'refused']).nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decisionReason: z.string().nullable(),
});

const pin = z.object({ key: z.string(), edition: z.string(), hash });

export const plansSchema = z.object({
  inForce: pin.extend({ title: z.string(), timeZone: z.string() }),
  editions: z.array(
    pin.extend({
      firstSeenAt: z.string(),
      inForce: z.boolean(),
      published: proposalSchema
        .nullable()
        .describe('How it was last put in force by two people; null: it came as FENGHUO_PLAN'),
    }),
  ),
  proposals: z.array(proposalSchema).describe('Not decided yet'),
});

const step = z.object({
  party: z.string(),
  partyName: z.string(),
  contact: z.number(),
  wait: z.string().nullable(),
  repeatEvery: z.string().nullable(),
});

const duty = z.object({
  path: z.string(),
  branch: z.string().nullable(),
  branchName: z.string().nullable(),
  stage: z.string(),
  name: z.string(),
  source: z.enum(['plan', 'statutory', 'local']),
  planText: z.string().nullable().describe("The plan's own word for how soon"),
  owner: z.string(),
  ownerName: z.string(),
  within: z.string().nullable().describe("The bureau's own limit, ISO 8601; null: 未载明"),
  startsAfter: z.string().nullable(),
  tells: z.array(
    z.object({
      party: z.string(),
      partyName: z.string(),
      outside: z.boolean(),
      duty: z.string(),
      receiptWithin: z.string().nullable(),
      chain: z.array(step),
    }),
  ),
  outcomes: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      evidence: z.string(),
      continues: z.boolean(),
      leadsTo: z.string().nullable(),
    }),
  ),
  documents: z.array(z.object({ key: z.string(), name: z.string() })),
});

export const editionSchema = pin.extend({
  title: z.string(),
  issuer: z.string(),
  documentNumber: z.string(),
  issued: z.string().nullable(),
  inForceFrom: z.string().nullable(),
  inForce: z.boolean(),
  eventTypes: z.array(z.object({ key: z.string(), name: z.string(), branch: z.string().nullable() })),
  parties: z.array(z.object({ key: z.string(), name: z.string(), outside: z.boolean() })),
  clauses: z.array(
    z.object({
      clause: z.string(),
      duties: z.array(duty),
      eventTypes: z.array(z.object({ key: z.string(), name: z.string(), branch: z.string().nullable() })),
      documents: z.array(
        z.object({ key: z.string(), name: z.string(), form: z.string(), signedBy: z.string() }),
      ),
      requirements: z.array(z.object({ key: z.string(), requirement: z.string() })),
      quirks: z.array(z.string()),
    }),
  ),
  text: z.string().describe('The file, to be edited'),
});

export const changesSchema = z.array(
  z.object({
    group: z.enum(Object.keys(CHANGE_GROUPS) as [keyof typeof CHANGE_GROUPS]),
    text: z.string(),
  }),
);

export const diffQuery = z.object({
  against: z.string().max(64).default('inForce').describe('The later edition: as in the path'),
});
export const diffSchema = z.object({ before: pin, after: pin, changes: changesSchema });

export const checkBody = z.object({ text: draftText });
export const checkSchema = z.object({
  valid: z.boolean(),
  kind: z
    .enum(['limits', 'revision'])
    .nullable()
    .describe("`limits`: only the bureau's own limits; `revision`: the plan itself"),
  problems: z.array(
    z.object({
      code: z.literal('PLAN_INVALID'),
      path: z.string(),
      line: z.number().int(),
      column: z.number().int(),
      problem: z.string(),
      expected: z.string(),
    }),
  ),
  findings: z.array(
    z.object({ code: z.string(), path: z.string(), line: z.number().int(), text: z.string() }),
  ),
  changes: changesSchema.describe('Against the edition in force'),
});

export const previewBody = z.object({
  edition: z.string().max(64).default('inForce').describe('An edition of the plan in force, as in a path'),
  text: draftText.optional().describe('A draft instead'),
  type: z.string().max(40).nullish(),
  branch: z.string().max(40).optional(),
  office: z.string().max(40),
  at: z.iso.datetime({ offset: true }).describe('When it is reported'),
  minutes: z.number().int().min(1).max(4_320).default(360).describe('How long nobody answers'),
  drill: z.boolean().default(false),
});

const lineSchema = z.object({
  key: z.string(),
  at: z.string(),
  minutes: z.number().int(),
  what: z.string(),
  stage: z.string(),
  stageName: z.string(),
  clause: z.string(),
  source: z.enum(['plan', 'statutory', 'local']),
  planText: z.string().nullable(),
  within: z.string().nullable(),
  automatic: z.boolean(),
  duty: z.string(),
  party: z.string().nullable(),
  partyName: z.string().nullable(),
  outside: z.boolean(),
  person: z.string().nullable(),
  personName: z.string().nullable(),
  by: z.string().nullable(),
  result: z.string().nullable(),
});

export const previewSchema = z.object({
  plan: pin,
  branch: z.string(),
  branchName: z.string(),
  clause: z.string(),
  marks: z.array(z.string()),
  at: z.string(),
  truncated: z.boolean(),
  lines: z.array(lineSchema),
});

export const proposeBody = z.object({
  by,
  reason: text(2_000).min(1),
  upon: hash.describe('The edition in force that was edited: another one by now is refused'),
  limits: z
    .array(z.object({ path: z.string().min(1).max(200), value: z.string().max(40).nullable() }))
    .min(1)
    .max(500)
    .optional()
    .describe("The bureau's own limits to be changed, by their place in the file; null: 未载明"),
  text: draftText.optional().describe('The whole draft instead'),
  earlier: hash.optional().describe('An earlier edition to be put in force again instead'),
  document: z
    .object({ number: text(200).min(1), scanHash: hash.describe('SHA-256 of the signed scan') })
    .optional()
    .describe('For a revision of the plan itself'),
});
export const proposedSchema = z.object({
  nr: z.number().int(),
  kind: z.enum(['limits', 'revision', 'earlier']),
  hash,
  changes: changesSchema,
});

export const decisionBody = z.object({ by, approve: z.boolean().default(true), reason: text(2_000).min(1) });
export const decidedSchema = z.object({
  nr: z.number().int(),
  decision: z.enum(['approved', 'refused']),
  inForce: pin,
});
