import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { msBetween, SHOWN_TIME_ZONE, toInstant, toMs, type Instant } from '../incident/instant.ts';
import { boardCounts, boardPage, type BoardPlace } from '../store/board.ts';
import { newestHappening } from '../store/happenings.ts';
import { boardRowView } from './board-view.ts';
import type { ApiDeps } from './deps.ts';
import { namesOf } from './names.ts';
import { Problem } from './problem.ts';
import { officesInReach } from './reach.ts';
import { PROBLEMS } from './schemas.ts';
import { boardQuery, boardSchema } from './schemas-board.ts';

/** How long an unchanged board is good: names, the day and what is overdue change without a happening. */
const UNCHANGED_MS = 60_000;
const SETTLED_MS = 10_000;

/** The board: what is open within one's jurisdiction, and whose turn it is. */
export const boardRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation, plan } = deps;
    app.get(
      '/api/board',
      {
        schema: {
          tags: ['console'],
          summary:
            'Open incidents, overdue ones first, then by the soonest deadline; no identities. If-None-Match is answered with 304 while nothing happened',
          querystring: boardQuery,
          response: { 200: boardSchema, 304: z.null(), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { limit, cursor, ...filter } = request.query;
        const after = cursor === undefined ? null : placeIn(cursor);
        const among = officesInReach(request, deps);
        const at = toInstant(Date.now());
        const newest = await newestHappening(register, among);
        const tag = tagOf(request, newest?.pos ?? 0, among, at);
        void reply.header('etag', tag).header('cache-control', 'private, no-cache');
        // One that was given its place before the newest may still be on its way into the register.
        const isSettled = !newest || msBetween(newest.at, at) > SETTLED_MS;
        if (isSettled && request.headers['if-none-match'] === tag) return reply.code(304).send(null);
        const asked = { among, at, filter };
        const [rows, counts] = [
          await boardPage(register, { ...asked, after, limit: limit + 1 }),
          await boardCounts(register, { ...asked, since: startOfDay(at) }),
        ];
        const page = rows.slice(0, limit);
        const last = rows.length > limit ? page.at(-1)! : null;
        const names = namesOf(organisation, plan);
        return {
          at,
          changedAt: newest?.at ?? null,
          counts,
          rows: page.map((row) => boardRowView(row, names)),
          next: last && cursorOf([last.dueAt, last.openedAt, last.id]),
        };
      },
    );
  };

const startOfDay = (at: Instant): Instant =>
  toInstant(DateTime.fromISO(at, { zone: SHOWN_TIME_ZONE }).startOf('day').toMillis());

function tagOf({ query, apiKeyId }: FastifyRequest, pos: number, among: string[] | null, at: Instant) {
  const period = Math.floor(toMs(at) / UNCHANGED_MS);
  const seen = canonicalJson({ pos, period, query, among, apiKeyId });
  return `W/"${createHash('sha256').update(seen).digest('base64url').slice(0, 22)}"`;
}

const placeSchema = z.tuple([z.iso.datetime().nullable(), z.iso.datetime(), z.uuid()]);

const cursorOf = (place: BoardPlace): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function placeIn(cursor: string): BoardPlace {
  try {
    return placeSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new Problem({
      status: 422,
      code: 'INVALID_CURSOR',
      title: '翻页位置无效',
      detail: 'Send `next` of the page before as it was, or no cursor for the first page.',
    });
  }
}
