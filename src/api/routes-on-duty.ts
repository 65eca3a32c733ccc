import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { type Instant, plus, toInstant } from '../incident/instant.ts';
import { administratorOf, bodyById } from '../people/bodies.ts';
import { dutyList } from '../people/duty-list.ts';
import { TODO } from '../people/guard-mail.ts';
import { METHODS } from '../people/methods.ts';
import type { Organisation } from '../people/organisation.ts';
import { instantAt } from '../people/watch.ts';
import { rosterFindings, withoutRegister } from '../roster-findings.ts';
import type { ApiDeps } from './deps.ts';
import { mustKnowBody } from './known-body.ts';
import { isBodyInReach } from './reach.ts';
import { PROBLEMS } from './schemas.ts';
import { bodyParams } from './schemas-rosters.ts';
import { dutyListSchema, dutyQuery, findingsQuery, findingsSchema } from './schemas-duty.ts';

/** Who is on duty and what is to be mended, by the rosters that stand: the file's with the imported ones laid over them. */
export const onDutyRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation, plan, refreshRosters, served = METHODS, log } = deps;
    const tags = ['rosters'];

    app.get(
      '/api/rosters/:body/duty',
      {
        schema: {
          tags,
          params: bodyParams,
          summary: 'Who is on duty for a body and why, span by span, and who is told after them',
          querystring: dutyQuery,
          response: { 200: dutyListSchema, ...PROBLEMS },
        },
      },
      async ({ params, query }) => {
        await refreshRosters();
        const body = mustKnowBody(organisation, params.body);
        const from = startOf(query);
        return dutyList(organisation, body, { from, to: plus(from, query.days * DAY_MS) });
      },
    );

    app.get(
      '/api/roster-findings',
      {
        schema: {
          tags,
          summary: 'What of the rosters has to be mended before it is needed, as the roster guard finds it',
          querystring: findingsQuery,
          response: { 200: findingsSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { query } = request;
        await refreshRosters();
        const looked = { organisation, plan, served, from: startOf(query), days: query.days };
        const orElse = withoutRegister(({ name }) =>
          log.warn({ error: name }, 'the roster guard goes on without the register'),
        );
        const found = await rosterFindings(register, { ...looked, now: toInstant(Date.now()) }, orElse);
        const inReach = ({ id }: { id: string }) => isBodyInReach(request, deps, id);
        const ours = new Set(organisation.bodies.filter(inReach).map(({ id }) => id));
        // What is about no single body names others' offices, too.
        const isForAll = ours.size === organisation.bodies.length;
        return found
          .filter(({ body }) => (body === null ? isForAll : ours.has(body)))
          .map((one) => ({ ...one, todo: TODO[one.code], mends: mendsOf(organisation, one.body) }));
      },
    );
  };

function mendsOf(organisation: Organisation, id: string | null): string | null {
  const body = id === null ? null : bodyById(organisation, id);
  return body && (administratorOf(organisation, body)?.name ?? null);
}

const DAY_MS = 86_400_000;

const startOf = ({ from }: Pick<z.infer<typeof dutyQuery>, 'from'>): Instant =>
  from === undefined ? toInstant(Date.now()) : instantAt(`${from} 00:00`);
