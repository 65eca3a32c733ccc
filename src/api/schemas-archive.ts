import { z } from 'zod';
import { registerQuery } from './schemas-register.ts';
import { instant, sought, text } from './schemas.ts';

const count = z.number().int();

/** How the archive of an incident stands. */
export const archiveSchema = z.object({
  status: z.enum(['open', 'closed']),
  bundle: z
    .object({ madeAt: z.string(), size: count, sha256: z.string() })
    .nullable()
    .describe('Null while none is kept: it is made when it is asked for'),
  failure: z
    .object({ code: z.string(), tries: count, at: instant })
    .nullable()
    .describe('Why the last try to make it failed; it is tried again'),
  runs: count.describe('Histories of ended runs that are archived'),
  key: z.object({ keyId: z.string(), fingerprint: z.string() }).describe('What bundles are signed with now'),
});

export const bundleKeySchema = z.object({
  algorithm: z.literal('Ed25519'),
  keyId: z.string(),
  publicKey: z.string().describe('SPKI in base64'),
  fingerprint: z.string().describe('Hex SHA-256 of the public key'),
});

export const bundlesQuery = registerQuery.extend({ branch: sought });

export const bundlesSchema = z.object({
  from: z.string(),
  to: z.string(),
  bundles: z.array(
    z.object({
      id: z.uuid(),
      number: z.string().nullable(),
      office: z.string(),
      branchName: z.string().nullable(),
      receivedAt: z.string(),
      closedAt: instant,
      madeAt: instant,
      size: count.nullable(),
    }),
  ),
});

const erasable = z.object({
  values: count.describe('Personal values of the timeline, and what documents say'),
  files: count.describe('Attachments and scans'),
  runs: count.describe('Archived histories'),
  reasons: count.describe('Reasons that readers of identities gave'),
  bundle: z.boolean(),
});

export const erasureSchema = z.object({
  status: z.enum(['open', 'closed']),
  retention: z
    .object({ kind: z.string(), years: z.number().nullable(), until: instant })
    .describe('Null years: no term is set, and nothing is erased because of one'),
  erasable: erasable.describe('What would go now. The timeline, its hashes and the change record stay'),
  erasures: z.array(
    z.object({
      id: z.uuid(),
      basis: z.enum(['retention', 'law']),
      legalBasis: z.string().nullable(),
      reason: z.string(),
      proposedBy: z.string(),
      proposedAt: z.string(),

      decision: z.enum(['approved', 'refused']).nullable(),
      decidedBy: z.string().nullable(),
      decidedAt: instant,
      values: count.nullable(),
      files: count.nullable(),
      runs: count.nullable(),
    }),
  ),
});

const by = text(200).min(1).nullish().describe('A person; only for API keys, an account speaks for itself');

export const proposeErasureBody = z
  .object({
    by,
    basis: z.enum(['retention', 'law']),
    legalBasis: text(500).min(1).nullish().describe('The provision, where the basis is a law'),
    reason: text(2_000).min(1),
  })
  .refine(({ basis, legalBasis }) => basis === 'retention' || !!legalBasis?.trim(), {
    path: ['legalBasis'],
    message: 'names the provision that says so',
  });

export const decideErasureBody = z.object({ by, erasure: z.uuid(), approve: z.boolean() });

export const decidedErasureSchema = z.object({
  decision: z.enum(['approved', 'refused']),
  erased: z.object({ values: count, files: count, runs: count }).nullable(),
  temporal: z
    .enum(['erased', 'notReached'])
    .nullable()
    .describe('Whether its histories are gone from Temporal, too; else they go with its retention'),
});
