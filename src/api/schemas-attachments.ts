import { z } from 'zod';
import { instant } from './schemas.ts';

/** As ids of stages are. */
const stage = z.string().regex(/^\d+\.\w{1,64}$/);

export const attachmentParams = z.object({ id: z.uuid().toLowerCase(), attachment: z.uuid().toLowerCase() });

export const attachmentQuery = z.object({
  stage: stage
    .optional()
    .describe('The stage it is evidence of, e.g. `2.search`; left out: the incident as such'),
  by: z.string().max(64).optional().describe('Who attaches it; of a session whoever is signed in'),
});

export const attachmentHeaders = z.object({
  'x-file-name': z
    .string()
    .max(2_000)
    .optional()
    .describe('What the file is called, percent-encoded. Kept sealed: it may name somebody'),
});

export const attachmentSchema = z.object({
  id: z.string(),
  stageId: z.string().nullable().describe('Null: of the incident as such'),
  sha256: z.string(),
  size: z.number().int().describe('Bytes'),
  type: z.string().describe('MIME type, by its content'),
  by: z.string(),
  at: instant,
});

export const listedAttachmentSchema = attachmentSchema.extend({
  name: z.string().nullable().describe('As the file was called; null where it is withheld or erased'),
  erased: z.boolean(),
});
