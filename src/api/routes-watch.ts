import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { allBeats } from '../watchtower/look.ts';
import type { ApiDeps } from './deps.ts';

/** How long an answer is good: whoever asks, and however often, the register is asked this often at most. */
const GOOD_FOR_MS = 1_000;
const USUAL_SECONDS = 180;

const watchSchema = z.object({
  status: z
    .enum(['processing', 'silent', 'unknown'])
    .describe('silent: no beat for too long; unknown: the register does not answer, or there was none yet'),
  beats: z.int().nullable().describe('goes up by one with each beat'),
  ageSeconds: z.number().nullable(),
});
type WatchBody = z.infer<typeof watchSchema>;

/** Whether anything is processed, for a watch that stands elsewhere: a worker's beats, and nothing that only answers. */
export const watchRoutes =
  ({ register, watchAfterSeconds = USUAL_SECONDS }: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    let last: { at: number; answer: Promise<WatchBody> } | null = null;
    app.get(
      '/watchz',
      {
        config: { open: true },
        schema: {
          tags: ['health'],
          summary: 'Whether incidents are processed: how old the last beat is',
          response: { 200: watchSchema, 503: watchSchema },
        },
      },
      async (_request, reply) => {
        if (!last || performance.now() - last.at > GOOD_FOR_MS)
          last = { at: performance.now(), answer: read() };
        const answer = await last.answer;
        return reply.code(answer.status === 'processing' ? 200 : 503).send(answer);
      },
    );

    async function read(): Promise<WatchBody> {
      const beats = await allBeats(register).catch(() => null);
      if (!beats) return { status: 'unknown', beats: null, ageSeconds: null };
      const { count, ageSeconds } = beats;
      const status = ageSeconds <= watchAfterSeconds ? 'processing' : 'silent';
      return { status, beats: count, ageSeconds };
    }
  };
