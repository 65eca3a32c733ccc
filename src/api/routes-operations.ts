import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'drizzle-orm';
import { incidentWorkflowId, type IncidentId } from '../incident/ids.ts';
import { channelResults } from '../store/channel-results.ts';
import { lastBackup } from '../store/backups.ts';
import { bundleHealth } from '../store/bundles.ts';
import { lastRestore } from '../store/reconciling.ts';
import { recordChange } from '../store/changes.ts';
import { rolloutStanding } from '../temporal/deployment.ts';
import { pendingActivities, retryNow } from '../temporal/pending-activities.ts';
import { queueHealth } from '../temporal/queue-health.ts';
import { ADVICE, routingOf, type Routing } from '../temporal/routing.ts';
import { within } from '../within.ts';
import type { ApiDeps } from './deps.ts';
import { whoActs } from './on-record.ts';
import { Problem } from './problem.ts';
import { isUnreachable, unavailable, unknownIncident } from './incident-problems.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import { activitiesSchema, healthDetailsSchema, retriedSchema, retryBody } from './schemas-operations.ts';

const PATIENCE_MS = 3_000;
/** gRPC's NOT_FOUND. */
const NOT_FOUND = 5;

/** What the administrator looks at when something hangs, and the one act that is always safe: trying again now. */
export const operationRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { client, register, temporalUiOrigin } = deps;
    const tags = ['operations'];
    const asked = <T>(work: () => Promise<T>): Promise<T> =>
      client.withDeadline(Date.now() + PATIENCE_MS, work);
    const pendingOf = (id: IncidentId) =>
      asked(() => pendingActivities(client, incidentWorkflowId(id))).catch((error: unknown) => {
        throw (error as { code?: number }).code === NOT_FOUND ? unknownIncident() : unreachable(error);
      });

    app.get(
      '/api/incidents/:id/activities',
      {
        schema: {
          tags,
          params: idParams,
          summary:
            'What the incident waits for from a worker: tries, the last failure by its code, the next try',
          response: { 200: activitiesSchema, ...PROBLEMS },
        },
      },
      async ({ params }) => {
        const id = params.id as IncidentId;
        const pending = await pendingOf(id);
        return { ...pending, ui: uiOf(deps, incidentWorkflowId(id), pending.runId) };
      },
    );

    app.post(
      '/api/incidents/:id/activities/retry',
      {
        schema: {
          tags,
          params: idParams,
          body: retryBody,
          summary: 'Try now what waits for its next try. Messages keep their keys: nobody is told twice',
          response: { 200: retriedSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const { activity, reason } = request.body;
        const { activities } = await pendingOf(id);
        const wanted = activities.filter((one) => !activity || one.id === activity);
        if (activity && wanted.length === 0) throw unknownActivity(activities.map(({ id }) => id));
        const waiting = wanted.filter(({ state }) => state === 'waiting');
        // First on record, then done.
        await recordChange(register, {
          ...whoActs(request),
          area: 'operations',
          subject: `incident ${id}`,
          from: null,
          to: { act: 'retryNow', activities: waiting.map(({ id }) => id) },
          personal: { 'to.reason': reason },
        });
        const retried = await Promise.all(
          waiting.map(async (one) =>
            asked(() => retryNow(client, incidentWorkflowId(id), one.id)).then(
              () => [one.id],
              (error: { code?: number }) => {
                if (error.code === NOT_FOUND) return []; // done meanwhile
                throw unreachable(error);
              },
            ),
          ),
        );
        return { retried: retried.flat() };
      },
    );

    app.get(
      '/api/health/details',
      {
        schema: {
          tags: ['health'],
          summary: 'Workers and what waits for them, channels by their last results, Temporal, register',
          response: { 200: healthDetailsSchema, ...PROBLEMS },
        },
      },
      async () => {
        const seen = asked(() => queueHealth(client)); // once, for all that is read from it
        const [system, queues, routing, rollout, channels, mail, ping, backup, restore, bundles] =
          await Promise.all([
            orNull(asked(() => client.workflowService.getSystemInfo({}))),
            orNull(seen),
            orNull(seen.then((queues) => asked(() => routingOf(deps, queues)))),
            orNull(seen.then((queues) => asked(() => rolloutStanding(client, queues)))),
            orNull(channelResults(register)),
            orNull(deps.checkMail().then(() => true)),
            orNull(Promise.resolve(register.db.execute(sql`select 1`))),
            orNull(lastBackup(register).then((last) => ({ last }))),
            orNull(lastRestore(register).then((last) => ({ last }))),
            orNull(bundleHealth(register)),
          ]);
        const stateOf = (answer: unknown) => (answer === null ? ('down' as const) : ('ok' as const));
        return {
          temporal: {
            state: stateOf(system),
            serverVersion: system?.serverVersion ?? null,
            ui: temporalUiOrigin ?? null,
          },

          queues,
          routing: withAdvice(routing),
          rollout,
          channels,
          mail: stateOf(mail),
          // Without an answer nobody may read that there was no back-up or restore.
          register: { state: stateOf(ping && backup && restore) },
          backup: backup && backup.last,
          restore: restore && restore.last,
          bundles,
        };
      },
    );
  };

const withAdvice = (routing: Routing | null) =>
  routing && { ...routing, problems: routing.problems.map((code) => ({ code, advice: ADVICE[code] })) };

const orNull = <T>(work: Promise<T>): Promise<T | null> => within(PATIENCE_MS, work).catch(() => null);

function uiOf({ temporalUiOrigin, client }: ApiDeps, workflowId: string, runId: string): string | null {
  if (temporalUiOrigin === undefined) return null;
  return `${temporalUiOrigin}/namespaces/${client.options.namespace}/workflows/${workflowId}/${runId}/history`;
}

const unreachable = (error: unknown): unknown =>
  isUnreachable(error) ? unavailable('Temporal does not answer. Try again.') : error;

const unknownActivity = (known: string[]): Problem =>
  new Problem({
    status: 404,
    code: 'UNKNOWN_ACTIVITY',
    title: '没有此项待办任务',
    detail: 'It has ended, or there was none of that id. These wait or are being tried now.',
    more: { known },
  });
