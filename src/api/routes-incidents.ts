import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { incidentWorkflowId, type IncidentId } from '../incident/ids.ts';
import { tellStory } from '../incident/story.ts';
import {
  incidentDetail,
  listIncidents,
  logIdentityRead,
  openPersonal,
  runArchives,
} from '../store/incidents.ts';
import { decodeEvents } from '../temporal/raw-events.ts';
import { readRuns } from '../temporal/run-history.ts';
import { position } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { mustBeReader, readerOf } from './identity-reading.ts';
import { viewOf } from './incident-view.ts';
import { onceWritten } from './once-written.ts';
import { officesInReach } from './reach.ts';
import { historySchema } from './schemas-history.ts';
import { idParams, listQuerySchema, PROBLEMS, summarySchema } from './schemas.ts';
import { detailSchema } from './schemas-detail.ts';
import { isUnreachable, unavailable, unknownIncident } from './incident-problems.ts';

const PATIENCE_MS = 5_000;

/** Reading incidents. */
export const incidentRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, client } = deps;

    app.get(
      '/api/incidents',
      {
        schema: {
          tags: ['incidents'],
          summary: 'Incidents, newest first; no identities',
          querystring: listQuerySchema,
          response: { 200: z.array(summarySchema), ...PROBLEMS },
        },
      },
      async (request) => {
        const { parent, before, ...query } = request.query;
        return listIncidents(register, {
          ...query,
          parent: parent as IncidentId,
          before: before as IncidentId,
          among: officesInReach(request, deps),
        });
      },
    );

    app.get(
      '/api/incidents/:id',
      {
        schema: {
          tags: ['incidents'],
          summary:
            'One incident: what is known now, subjects, branches with stages and whom each told, reports, sub-cases, timeline. The reading is logged. A session gives its reason (x-reason), else identities and free text are withheld',
          params: idParams,
          response: { 200: detailSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const detail = (await incidentDetail(register, id)) ?? (await onceWritten(deps, id));
        const reader = await readerOf(register, request);
        if (!reader) return { ...viewOf(detail, new Map()), identities: 'withheld' as const };
        await logIdentityRead(register, { incidentId: id, ...reader, route: 'GET /api/incidents/{id}' });
        return { ...viewOf(detail, await openPersonal(register, id)), identities: 'shown' as const };
      },
    );

    app.get(
      '/api/incidents/:id/history',
      {
        schema: {
          tags: ['incidents'],
          summary:
            "The workflow's own history over all runs, in plain words beside the raw events, and what comes next",
          params: idParams,
          response: { 200: historySchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const reader = await mustBeReader(register, request);
        const archived = new Map(
          (await runArchives(register, id)).map(({ runId, history }) => [runId, history]),
        );
        const runs = await client
          .withDeadline(Date.now() + PATIENCE_MS, () => readRuns(client, incidentWorkflowId(id), archived))
          .catch((error: unknown) => {
            throw isUnreachable(error)
              ? unavailable('The history is kept by Temporal, which does not answer. Try again.')
              : error;
          });
        if (runs.length === 0) throw unknownIncident();
        await logIdentityRead(register, {
          incidentId: id,
          ...reader,
          route: 'GET /api/incidents/{id}/history',
        });
        const told = await Promise.all(
          runs.map(async (run) => {
            const events = await decodeEvents(run.history, client.options.loadedDataConverter);
            return { ...run, events, story: tellStory(events) };
          }),
        );
        return {
          story: told.flatMap(({ runId, story }) => story.map((line) => ({ ...line, run: runId }))),
          next: await whatComesNext(deps, id),
          runs: told.map(({ runId, workflowType, endedAt, archived, events }) => ({
            runId,
            workflowType,
            endedAt,
            archived,
            events,
          })),
        };
      },
    );
  };

async function whatComesNext({ client }: ApiDeps, id: IncidentId) {
  try {
    const handle = client.workflow.getHandle(incidentWorkflowId(id));
    const { next } = await client.withDeadline(Date.now() + PATIENCE_MS, () => handle.query(position));
    return next;
  } catch {
    return null;
  }
}
