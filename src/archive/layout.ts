import { z } from 'zod';

/** What stands where in a bundle. Every other file is named by the manifest. */
export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'signature.json';
export const INDEX = 'index.html';
export const TIMELINE = 'timeline.jsonl';
export const INCIDENT = 'incident.json';
export const PLAN = 'plan.yaml';
export const RUNS = 'histories/runs.json';
export const DOCUMENTS = 'documents/documents.json';
export const ATTACHMENTS = 'attachments/attachments.json';
export const READINGS = 'identity-readings.json';
export const ERASURES = 'erasures.json';

/** What every bundle has, besides the lists that are read and the plan, which the timeline asks for. */
export const ALWAYS = [INDEX, INCIDENT, TIMELINE, READINGS] as const;

export const FORMAT = 'fenghuo-bundle-v1' as const;

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** `manifest.json`: what the bundle is of, and every file but itself and its signature. */
export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  incident: z.uuid(),
  number: z.string().nullable(),
  /** `open`: it was made while the incident went on, for whoever looked; the one that counts comes with the closing. */
  state: z.enum(['open', 'closed']),
  drill: z.boolean(),
  madeAt: z.string(),
  plan: z.object({ key: z.string(), edition: z.string(), hash: z.string() }),
  /** The last entry of the timeline. */
  head: z.object({ seq: z.number().int(), hash }),
  files: z.array(z.object({ path: z.string(), size: z.number().int().nonnegative(), sha256: hash })),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const signatureSchema = z.object({
  algorithm: z.literal('Ed25519'),
  keyId: z.string(),
  publicKey: z.string(),
  fingerprint: z.string(),
  signature: z.string(),
});

/** A personal value in clear with its salt, so that its digest can be made again; or that it was erased. */
const personalSchema = z.union([
  z.object({ digest: hash, salt: z.string(), value: z.string() }),
  z.object({ digest: hash, erasedAt: z.string() }),
]);

/** A line of `timeline.jsonl`. */
export const entryLine = z.object({
  seq: z.number().int(),
  at: z.string(),
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
  personal: z.record(z.string(), personalSchema),
  prev: hash,
  hash,
});
export type EntryLine = z.infer<typeof entryLine>;

/** `documents/documents.json`: signed documents alone. What is not signed stays in the county, and is not in a bundle. */
export const documentsSchema = z.array(
  z.object({
    id: z.string(),
    template: z.string(),
    name: z.string(),
    number: z.string().nullable(),
    status: z.string(),
    signedBy: z.string().nullable(),
    signedAt: z.string().nullable(),
    digest: hash,
    /** Of its text, which is hashed as it stands in `text`; null for one that was erased. */
    salt: z.string().nullable(),
    /** Files of this bundle; null for what was erased. */
    text: z.string().nullable(),
    docx: z.string().nullable(),
    scans: z.array(
      z.object({
        sha256: hash,
        size: z.number(),
        type: z.string(),
        by: z.string(),
        at: z.string(),
        file: z.string().nullable(),
      }),
    ),
  }),
);
export type DocumentLine = z.infer<typeof documentsSchema>[number];

export const attachmentsSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string().nullable(),
    stageId: z.string().nullable(),
    sha256: hash,
    size: z.number(),
    type: z.string(),
    by: z.string(),
    at: z.string(),
    file: z.string().nullable(),
  }),
);
export type AttachmentLine = z.infer<typeof attachmentsSchema>[number];

/** `histories/runs.json`: the ended runs that were archived; `file` is null for one that was erased, whose hash is kept. */
export const runsSchema = z.array(
  z.object({
    runId: z.string(),
    workflowType: z.string(),
    endedAt: z.string(),
    file: z.string().nullable(),
  }),
);
export type RunLine = z.infer<typeof runsSchema>[number];

/** `erasures.json`: what was lawfully erased, when, by whom and on what basis. */
export const erasuresSchema = z.array(
  z.object({
    erasure: z.string(),
    basis: z.enum(['retention', 'law']),
    legalBasis: z.string().nullable(),
    proposedBy: z.string(),
    approvedBy: z.string(),
    erasedAt: z.string(),
    values: z.number().int(),
    files: z.number().int(),
    runs: z.array(
      z.object({ runId: z.string(), workflowType: z.string(), endedAt: z.string(), sha256: hash }),
    ),
  }),
);
export type ErasureLine = z.infer<typeof erasuresSchema>[number];
