import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { TASK_QUEUE } from '../temporal/task-queues.ts';
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
      const [temporal, worker, register, mail] = await Promise.all([
        works(temporalAnswers(deps)),
        works(workerPolls(deps)),
        works(deps.register.db.execute(sql`select 1`)),
        works(deps.checkMail()),
      ]);
      const takesAlarms = temporal === 'ok';
      const isReady = takesAlarms && [worker, register, mail].every((part) => part === 'ok');
      const status = isReady ? ('ready' as const) : takesAlarms ? ('degraded' as const) : ('down' as const);
      return { status, temporal, worker, register, mail };
    }
  };

/** How long an answer is good: whoever asks, and however often, the parts are asked this often at most. */
const GOOD_FOR_MS = 1_000;

/** Gives a function that asks once and repeats the answer for a moment. */
function remembering<T>(): (ask: () => Promise<T>) => Promise<T> {
  let last: { at: number; answer: Promise<T> } | null = null;
  return (ask) => {
    if (!last || Date.now() - last.at > GOOD_FOR_MS) last = { at: Date.now(), answer: ask() };
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

/** A worker has asked for incidents within the last minute or two: the server forgets its pollers later than that. */
async function workerPolls({ client }: ApiDeps): Promise<void> {
  const { pollers } = await client.withDeadline(Date.now() + PATIENCE_MS, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: 1,
    }),
  );
  if (!pollers?.length) throw new Error('no worker');
}
