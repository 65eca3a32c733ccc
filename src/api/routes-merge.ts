import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IncidentId } from '../incident/ids.ts';
import { incidentById, incidentDetail, type IncidentRow } from '../store/incidents.ts';
import { absorb, mergeInto } from '../workflows/messages.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { onceWritten } from './once-written.ts';
import { Problem } from './problem.ts';
import { refusalProblem } from './incident-problems.ts';
import { say } from './say.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import { mergeBody } from './schemas-acts.ts';

/** Two reports of one event become one incident when a person confirms it. */
export const mergeRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;

    const recordOf = async (id: IncidentId): Promise<IncidentRow> =>
      (await incidentById(register, id)) ?? (await onceWritten(deps, id)).incident;

    app.post(
      '/api/incidents/:id/merge',
      {
        schema: {
          tags: ['acts'],
          summary:
            'Confirm that this incident is the same event as another, which goes on alone: both times of receipt are kept, and nobody is told twice',
          params: idParams,
          body: mergeBody,
          response: { 200: z.object({ into: z.uuid(), at: z.string() }), ...PROBLEMS },
        },
      },
      async ({ params, body: { by, reason, ...body } }) => {
        const id = params.id as IncidentId;
        const into = body.into as IncidentId;
        if (into === id) throw refusalProblem('MergeRing', { into });
        const incident = await recordOf(id);
        acting.mustBeOneOfOurs(by, incident);
        // The same confirmation, sent again over a bad line, is one.
        if (incident.mergedInto === into) return { into, at: incident.closedAt! };
        await acting.openRecord(id);
        const other = await recordOf(into);
        acting.mustBeOneOfOurs(by, other);
        mustFit(incident, other);
        await mustLeadToItself(other, id);
        await mustHaveNoOpenSubCases(id);
        const { receivedAt } = incident;
        const branch = incident.branch ?? '';
        await say(deps, into, absorb, { from: id, branch, receivedAt, by, reason });
        return { into, ...(await say(deps, id, mergeInto, { into, by, reason })) };
      },
    );

    /** The other incident must be open. One that was merged itself is told with where it went, or as the ring it would make. */
    async function mustLeadToItself(other: IncidentRow, id: IncidentId): Promise<void> {
      if (other.status === 'open') return;
      const seen = new Set<IncidentId>([other.id]);
      for (let next = other.mergedInto; next && !seen.has(next);) {
        if (next === id) throw refusalProblem('MergeRing', { into: other.id, mergedInto: id });
        seen.add(next);
        next = (await incidentById(register, next))?.mergedInto ?? null;
      }
      const { id: into, closedAt: at, closedAs: as, mergedInto } = other;
      throw refusalProblem('IncidentClosed', { into, at, as, ...(mergedInto ? { mergedInto } : {}) });
    }

    /** Asked before the other incident absorbs this one, which could not be undone. */
    async function mustHaveNoOpenSubCases(id: IncidentId): Promise<void> {
      const subCases = (await incidentDetail(register, id))?.subCases ?? [];
      const open = subCases.filter(({ endedAs }) => endedAs === null).map(({ subCase }) => subCase);
      if (open.length > 0) throw refusalProblem('SubCasesOpen', open);
    }
  };

/** A drill never becomes real by a merge, nor the other way round; parent and sub-case are two events by decision. */
function mustFit(one: IncidentRow, other: IncidentRow): void {
  if (one.parent === other.id || other.parent === one.id)
    throw refusalProblem('MergeRing', { into: other.id });
  if (one.drill === other.drill) return;
  throw new Problem({
    status: 409,
    code: 'DRILL_AND_REAL',
    title: '演练不能与真实事件合并',
    detail: 'Merge drills with drills and real incidents with real ones.',
  });
}
