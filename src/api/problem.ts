import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** RFC 9457: what went wrong, with a code for programs and words for people. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    /** Stable; programs decide by this. */
    code: z.string(),
    /** What to do next. */
    detail: z.string().optional(),
  })
  .loose();

export interface ProblemDetails {
  status: number;
  code: string;
  title: string;
  detail?: string;
  /** Seconds until a new try makes sense. */
  retryAfter?: number;
  /** Further members, e.g. the list of known offices; never one that RFC 9457 has. */
  more?: Record<string, unknown>;
}

/** An answer that is an error. Thrown anywhere below a route. */
export class Problem extends Error {
  override name = 'Problem';
  constructor(readonly details: ProblemDetails) {
    super(details.title);
  }
}

export function sendProblem(
  reply: FastifyReply,
  { status, code, title, detail, retryAfter, more }: ProblemDetails,
): FastifyReply {
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({
      ...more,
      type: `urn:fenghuo:problem:${code}`,
      title,
      status,
      code,
      ...(detail ? { detail } : {}),
    });
}
