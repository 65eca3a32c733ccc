import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { ADVICE, holdsUpAlarms, routingOf, type RoutingProblem } from '../temporal/routing.ts';
import { within } from '../within.ts';
import type { ApiDeps } from './deps.ts';

const PATIENCE_MS = 2_000;

const state = z.enum(['ok', 'down']);

/** Whether this process lives, and whether an alarm would get through now. */
export const healthRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/healthz',
      {
        config: { open: true },
        schema: {
          tags: ['health'],
          summary: 'This process answers',
          response: { 200: z.object({ status: z.literal('ok') }) },
        },
      },
      async () => ({ status: 'ok' as const }),
    );

    const recently = remembering<z.infer<typeof readySchema>>();
    const readySchema = z.object({
      status: z
        .enum(['ready', 'degraded', 'down'])
        .describe('degraded: alarms are taken; something else is down'),
      temporal: state,
      worker: state,
      register: state,
      mail: state,
      problems: z
        .array(z.object({ code: z.string(), advice: z.string() }))
        .optional()
        .describe('Why incidents stand still, or may, though everything answers'),
    });
    app.get(
      '/readyz',
      {
        config: { open: true },
        schema: {
          tags: ['health'],
          summary: 'Whether alarms get through now',
          response: { 200: readySchema, 503: readySchema },
        },
      },
      async (_request, reply) => {
        const answer = await recently(checkAll);
        return reply.code(answer.status === 'ready' ? 200 : 503).send(answer);
      },
    );

    async function checkAll() {
      const [temporal, found, register, mail] = await Promise.all([
        works(temporalAnswers(deps)),
        within(PATIENCE_MS, routingProblems(deps)).catch(() => null),
        works(deps.register.db.execute(sql`select 1`)),
        works(deps.checkMail()),
      ]);
      const worker = found && !found.some(holdsUpAlarms) ? ('ok' as const) : ('down' as const);
      const takesAlarms = temporal === 'ok';
      const isReady = takesAlarms && found?.length === 0 && [register, mail].every((part) => part === 'ok');
      const status = isReady ? ('ready' as const) : takesAlarms ? ('degraded' as const) : ('down' as const);
      const problems = (found ?? []).map((code) => ({ code, advice: ADVICE[code] }));
      return { status, temporal, worker, register, mail, ...(problems.length > 0 ? { problems } : {}) };
    }
  };

/** How long an answer is good: whoever asks, and however often, the parts are asked this often at most. */
const GOOD_FOR_MS = 1_000;

/** Gives a function that asks once and repeats the answer for a moment, whatever becomes of the clock on the wall. */
function remembering<T>(): (ask: () => Promise<T>) => Promise<T> {
  let last: { at: number; answer: Promise<T> } | null = null;
  return (ask) => {
    if (!last || performance.now() - last.at > GOOD_FOR_MS) last = { at: performance.now(), answer: ask() };
    return last.answer;
  };
}

const works = async (check: PromiseLike<unknown>): Promise<'ok' | 'down'> =>
  within(PATIENCE_MS, Promise.resolve(check)).then(
    () => 'ok',
    () => 'down',
  );

const temporalAnswers = ({ client }: ApiDeps): Promise<unknown> =>
  client.withDeadline(Date.now() + PATIENCE_MS, () => client.workflowService.getSystemInfo({}));

/** What keeps workers from incidents, be it that there are none. */
const routingProblems = async (deps: ApiDeps): Promise<RoutingProblem[]> =>
  (await deps.client.withDeadline(Date.now() + PATIENCE_MS, () => routingOf(deps))).problems;
