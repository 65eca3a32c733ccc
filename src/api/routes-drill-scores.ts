import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { drillWorkflowId } from '../drills/ids.ts';
import type { DrillScore } from '../drills/score.ts';
import { summaryFields } from '../drills/summary.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant } from '../incident/instant.ts';
import { bodyById, personById } from '../people/bodies.ts';
import { keepScore, moveDrill, type Drill } from '../store/drills.ts';
import { promptRevision } from '../store/revision-prompts.ts';
import { finishDrill } from '../workflows/messages-drills.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { createDrillDesk } from './drill-desk.ts';
import { notEnded, notScored, scoreHidden } from './drill-problems.ts';
import { scoreDrill } from './drill-scores.ts';
import { seesScript } from './drill-view.ts';
import { onRecord } from './on-record.ts';
import { officesInReach } from './reach.ts';
import { PROBLEMS } from './schemas.ts';
import { drillActBody, drillParams, scoreSchema, type ScoreBody } from './schemas-drills.ts';

const now = () => toInstant(Date.now());

/** What a drill showed, against the plan: told, confirmed, evidence, report; facts and differences, and no marks for anybody. */
export const drillScoreRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, client, organisation } = deps;
    const desk = createDrillDesk(deps);
    const tags = ['drills'];
    const answers = { params: drillParams, response: { 200: scoreSchema, ...PROBLEMS } };

    app.get(
      '/api/drills/:id/score',
      {
        schema: {
          tags,
          ...answers,
          summary: 'The score as it was confirmed; before that, as it stands now. Times are the drill’s own',
        },
      },
      async (request) => {
        const drill = await desk.known(request, request.params.id);
        if (['approved', 'running'].includes(drill.status) && !seesScript(request, drill))
          throw scoreHidden();
        return view(request, drill, drill.score ?? (await scoreDrill(deps, acting, drill)));
      },
    );

    app.post(
      '/api/drills/:id/score',
      {
        schema: {
          tags,
          body: drillActBody,
          ...answers,
          summary:
            'Confirm the score of a drill that has ended: it counts for its offices’ year. Repeating it is harmless',
        },
      },
      async (request) => {
        const { by } = request.body;
        const drill = await desk.known(request, request.params.id);
        acting.mustBeOneOfOurs(by, null);
        if (drill.score) {
          await prompt(drill.score, drill.scoredBy ?? by);
          return view(request, drill, drill.score);
        }
        if (drill.status !== 'ended') throw notEnded();
        const score = await scoreDrill(deps, acting, drill);
        await record(request, drill, 'scored');
        if (!(await keepScore(register, drill.id, { score, scoredBy: by, scoredAt: now() })))
          throw notEnded();
        await prompt(score, by);
        return view(request, { ...drill, scoredBy: by }, score);
      },
    );

    app.post(
      '/api/drills/:id/finish',
      {
        schema: {
          tags,
          body: drillActBody,
          ...answers,
          summary: 'Summed up: the drill’s incidents are closed. Draft and sign its summary before',
        },
      },
      async (request) => {
        const { by } = request.body;
        const drill = await desk.known(request, request.params.id);
        acting.mustBeOneOfOurs(by, null);
        if (drill.status === 'summarised') return view(request, drill, drill.score!);
        const finished = { status: 'summarised' as const, finishedBy: by, finishedAt: now() };
        if (!(await moveDrill(register, drill.id, ['scored'], finished))) throw notScored();
        await record(request, drill, 'summarised');
        // Not reached: the drill's workflow closes them by itself, later.
        await client.workflow
          .getHandle(drillWorkflowId(drill.id))
          .signal(finishDrill, { by })
          .catch((error: Error) =>
            request.log.warn({ error: error.name }, 'a drill was not told that it is summed up'),
          );
        return view(request, drill, drill.score!);
      },
    );

    /** 九: what a drill showed asks whether the plan is to be revised, once. */
    async function prompt({ offices: [first] }: DrillScore, raisedBy: string): Promise<void> {
      const raised = { cause: 'drill' as const, raisedBy, raisedAt: now(), words: null };
      if (first) await promptRevision(register, { ...raised, incidentId: first.incident as IncidentId });
    }

    const record = (request: FastifyRequest, { id, status }: Drill, to: string): Promise<void> =>
      onRecord(register, request, {
        area: 'drills',
        subject: `drill ${id}`,
        from: { status },
        to: { status: to },
      });

    function view(request: FastifyRequest, drill: Drill, { pace, offices }: DrillScore): ScoreBody {
      const among = officesInReach(request, deps);
      const nameOf = (id: string): string => personById(organisation, id)?.name ?? id;
      return {
        pace,
        scoredBy: drill.scoredBy,
        offices: offices
          .filter(({ office }) => among === null || among.includes(office))
          .map(({ office, incident, number, score }) => ({
            office,
            name: bodyById(organisation, office)?.name ?? office,
            incident,
            number,
            stages: score.stages,
            report: score.report,
            people: score.people.map((each) => ({ ...each, name: nameOf(each.person) })),
            summary: { ...summaryFields(drill.order, score, nameOf) },
          })),
      };
    }
  };
