import type { FastifyReply } from 'fastify';
import { ATTACHMENT_TYPES } from './attachment-types.ts';

/** A browser only ever saves one: it runs nothing of it, and guesses at nothing. */
const INERT = {
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** Sends a file that somebody brought in, of one of {@link ATTACHMENT_TYPES}, to be saved under `name` and the ending of its type. */
export const asDownload = (
  reply: FastifyReply,
  { file, type }: { file: Buffer; type: string },
  name: string,
): FastifyReply =>
  reply
    .headers({
      ...INERT,
      'content-disposition': `attachment; filename="${name}.${ATTACHMENT_TYPES[type]}"`,
    })
    .type(type)
    .send(file);
