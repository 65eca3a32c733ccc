import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Happening } from '../store/happenings.ts';
import { actorId } from './actor.ts';
import type { Gate } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { createEventStream, noticeOf, type EventStream } from './event-stream.ts';
import { createHappeningFeed } from './happening-feed.ts';
import { Problem } from './problem.ts';
import { officesInReach } from './reach.ts';
import { PROBLEMS } from './schemas.ts';
import { notAdmitted, type Admitted } from './still-admitted.ts';

/** Streams of one account or key: as many as a person has pages open, and not a flood. */
const MOST = 20;

interface Open extends Admitted {
  stream: EventStream;
}

/** That something happened, as it happens: server-sent events that resume after a lost connection. */
export const eventRoutes =
  (deps: ApiDeps, { keys }: Gate): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    const feed = createHappeningFeed(register);
    const open = new Set<Open>();
    feed.onRound(async () => {
      for (const { stream } of await notAdmitted(register, keys, open)) stream.end();
    });
    app.addHook('preClose', async () => {
      feed.close();
      for (const { stream } of open) stream.end();
    });

    app.get(
      '/api/events',
      {
        exposeHeadRoute: false, // nothing would ever close its stream
        schema: {
          tags: ['console'],
          summary:
            'Server-sent events. `incident`: something happened to one within reach ({id, kind, number, at}); read it to learn what. `hello`: from here on. `reset`: too much was missed, read everything anew. Resumes after Last-Event-ID',
          produces: ['text/event-stream'],
          response: { 200: z.any().describe('text/event-stream'), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        mustWantEvents(request);
        const actor = request.actor!;
        const mine = [...open].filter((one) => actorId(one.actor) === actorId(actor));
        if (mine.length >= MOST) throw tooMany();
        const among = officesInReach(request, deps);
        const isWithin = ({ office }: Happening): boolean => among === null || among.includes(office);

        let early: Happening[] | null = [];
        let stop = (): void => undefined;
        const stream = createEventStream(() => {
          stop();
          open.delete(admitted);
        });
        const admitted: Open = { actor, key: keyIn(request), stream };
        const tell = (happening: Happening): void => {
          if (isWithin(happening))
            stream.send({ id: happening.pos, event: 'incident', data: noticeOf(happening) });
        };
        const listener = {
          // What happens while what was missed is being read comes after it.
          tell: (happening: Happening) => (early ? void early.push(happening) : tell(happening)),
          beat: () => stream.beat(),
        };
        const since = lastEventId(request);
        const { pos, missed, stop: stopListening } = await feed.listen(listener, since);
        stop = stopListening;
        open.add(admitted);
        missed?.forEach(tell);
        stream.send({ id: pos, event: missed === null ? 'reset' : 'hello', data: {} });
        early.filter((happening) => happening.pos > pos).forEach(tell);
        early = null;
        return reply
          .header('content-type', 'text/event-stream; charset=utf-8')
          .header('x-accel-buffering', 'no')
          .send(stream.body);
      },
    );
  };

const keyIn = ({ headers }: FastifyRequest): string | null =>
  /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? null;

/** Null without one; what is no place of ours is one before which everything was missed. */
function lastEventId({ headers }: FastifyRequest): number | null {
  const given = headers['last-event-id'];
  if (typeof given !== 'string' || given === '') return null;
  return /^\d{1,15}$/.test(given) ? Number(given) : Number.MAX_SAFE_INTEGER;
}

function mustWantEvents({ headers }: FastifyRequest): void {
  if (headers.accept?.includes('text/event-stream')) return;
  throw new Problem({
    status: 406,
    code: 'EVENT_STREAM_ONLY',
    title: '此地址只提供事件流',
    detail: 'Send the header "Accept: text/event-stream", as EventSource does.',
  });
}

const tooMany = (): Problem =>
  new Problem({
    status: 429,
    code: 'TOO_MANY_STREAMS',
    title: '打开的页面过多',
    detail: `At most ${MOST} at once. Close a page that listens.`,
    retryAfter: 60,
  });
