import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sayNext } from '../foresight/say-next.ts';
import { standingOf } from '../foresight/standing.ts';
import { incidentWorkflowId, NO_ANCHOR, type IncidentId } from '../incident/ids.ts';
import { toInstant } from '../incident/instant.ts';
import type { Position } from '../incident/state.ts';
import { verifyIncident } from '../store/audit.ts';
import { incidentDetail } from '../store/incidents.ts';
import { position } from '../workflows/messages.ts';
import type { Acting } from './acting.ts';
import { namesIn, stagesInOrder } from './course-view.ts';
import type { ApiDeps } from './deps.ts';
import { namesOf } from './names.ts';
import { onceWritten } from './once-written.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import { courseSchema } from './schemas-course.ts';

/** How long a reader waits for what comes next: the rest of the page does not depend on it. */
const PATIENCE_MS = 2_000;

/** Where an incident stands in its branch, what comes next, and whether its record is whole. */
export const courseRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation, client } = deps;

    async function positionOf(id: IncidentId): Promise<Position | null> {
      try {
        const handle = client.workflow.getHandle(incidentWorkflowId(id));
        return await client.withDeadline(Date.now() + PATIENCE_MS, () => handle.query(position));
      } catch {
        return null;
      }
    }

    app.get(
      '/api/incidents/:id/course',
      {
        schema: {
          tags: ['console'],
          summary:
            "The plan's branch as stages in order: done, open, overdue, and coming with what would open each; who is told next if nobody acts; the timeline's hash check; names beside ids. No identities",
          params: idParams,
          response: { 200: courseSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        // Before the record is read: it may grow meanwhile, and is then ahead of the anchor, never behind.
        const where = await positionOf(id);
        const detail = (await incidentDetail(register, id)) ?? (await onceWritten(deps, id));
        const at = toInstant(Date.now());
        const plan = await acting.editionOf(detail.incident);
        const standing = standingOf(detail, plan, at);
        const names = namesOf(organisation, plan);
        const { entries, erased, problems } = await verifyIncident(register, id, where?.anchor ?? NO_ANCHOR);
        const { number, plan: pin, status } = detail.incident;
        return {
          id,
          number,
          at,
          plan: { key: pin.key, edition: pin.edition },
          branch: standing && {
            key: standing.part.branch.key,
            name: standing.part.branch.name,
            clause: standing.part.branch.clause,
            entry: detail.branches.at(-1)!.entry,
          },
          stages: standing ? await stagesInOrder(standing, names, at) : [],
          next:
            where?.next.map((telling) => ({ ...telling, ...sayNext(telling, at) })) ??
            (status === 'closed' ? [] : null),
          record: {
            verified: problems.length === 0,
            entries,
            erased,
            firstBroken: problems.find(({ seq }) => seq !== null)?.seq ?? null,
            codes: [...new Set(problems.map(({ code }) => code))],
            anchored: where !== null,
          },
          names: namesIn(detail, standing, names),
        };
      },
    );
  };
