import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { loadScenarios } from '../drills/load-scenarios.ts';
import type { DrillOrder } from '../drills/order.ts';
import { bodyById } from '../people/bodies.ts';
import { toInstant } from '../incident/instant.ts';
import { yearAt } from '../drills/year.ts';
import { drillYear } from '../store/drill-year.ts';
import { addDrill, changeDraft, listDrills } from '../store/drills.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { createDrillDesk } from './drill-desk.ts';
import { previewDrill } from './drill-preview.ts';
import { noDraft } from './drill-problems.ts';
import { drillView, seesScript } from './drill-view.ts';
import { onRecord } from './on-record.ts';
import { officesInReach } from './reach.ts';
import { PROBLEMS } from './schemas.ts';
import {
  changedBody,
  drillBody,
  drillParams,
  drillPreviewSchema,
  drillSchema,
  scenariosSchema,
  yearQuery,
  yearSchema,
} from './schemas-drills.ts';

const LISTED = 100;
const now = () => toInstant(Date.now());

/** 应急演练: orders as they are drafted and read, and how each office stands to its yearly drill. */
export const drillRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation, plan } = deps;
    const desk = createDrillDesk(deps);
    const scenarios = deps.scenarios ?? loadScenarios('plans/drills');
    const tags = ['drills'];
    const shown = async (request: FastifyRequest, id: string) => {
      const drill = await desk.known(request, id);
      return drillView(deps, drill, seesScript(request, drill));
    };

    app.get(
      '/api/drill-scenarios',
      {
        schema: {
          tags,
          summary: 'The kept scenarios that orders are made from; everybody in them is invented',
          response: { 200: scenariosSchema, ...PROBLEMS },
        },
      },
      async () => [...scenarios.values()],
    );

    app.get(
      '/api/drills',
      {
        schema: {
          tags,
          summary: 'Drill orders within reach, by their start, the newest first',
          response: { 200: z.array(drillSchema), ...PROBLEMS },
        },
      },
      async (request) =>
        (await listDrills(register, LISTED))
          .filter(({ order }) => desk.isInReach(request, order))
          .map((drill) => drillView(deps, drill, seesScript(request, drill))),
    );

    app.get(
      '/api/drills/year',
      {
        schema: {
          tags,
          summary:
            'Each office’s yearly drill (七): done, planned, still open, or overdue once the year is over',
          querystring: yearQuery,
          response: { 200: yearSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const at = request.query.asOf ? toInstant(Date.parse(request.query.asOf)) : now();
        const year = request.query.year ?? yearAt(at);
        const among = officesInReach(request, deps);
        const years = await drillYear(register, { organisation, plan, year, now: at });
        return {
          year,
          needed: plan.drills?.perYear ?? 0,
          clause: plan.drills?.clause ?? null,
          offices: years
            .filter(({ office }) => among === null || among.includes(office))
            .map(({ office, state, done, drills }) => ({
              office,
              name: bodyById(organisation, office)?.name ?? office,
              state,
              done,
              drills: drills.map(({ id, title, drillStatus, status, startsAt }) => ({
                id,
                title,
                status: drillStatus,
                startsAt,
                officeStatus: status as never,
              })),
            })),
        };
      },
    );

    app.get(
      '/api/drills/:id',
      {
        schema: {
          tags,
          summary: 'One drill order and how it stands',
          params: drillParams,
          response: { 200: drillSchema, ...PROBLEMS },
        },
      },
      async (request) => shown(request, request.params.id),
    );

    app.get(
      '/api/drills/:id/preview',
      {
        schema: {
          tags,
          summary: 'Who would be told what if nobody ever answered, in the drill’s own time. Nobody is told',
          params: drillParams,
          response: { 200: drillPreviewSchema, ...PROBLEMS },
        },
      },
      async (request) => ({
        offices: await previewDrill(deps, await desk.known(request, request.params.id)),
      }),
    );

    app.post(
      '/api/drills',
      {
        schema: {
          tags,
          summary: 'Draft a drill order (演练方案). Nothing begins before another person approves it',
          body: drillBody,
          response: { 201: drillSchema, ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { by, order } = request.body;
        acting.mustBeOneOfOurs(by, null);
        desk.mustBeSound(request, order);
        const id = randomUUID();
        await onRecord(register, request, {
          area: 'drills',
          subject: `drill ${id}`,
          from: null,
          to: onRecordOf(order),
        });
        await addDrill(register, { id, order, by, at: now() });
        return reply.code(201).send(await shown(request, id));
      },
    );

    app.put(
      '/api/drills/:id',
      {
        schema: {
          tags,
          summary:
            'Write a draft anew. Whoever does is its drafter from then on, and another person approves it',
          params: drillParams,
          body: changedBody,
          response: { 200: drillSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { by, order, draftedAt } = request.body;
        const before = await desk.known(request, id);
        acting.mustBeOneOfOurs(by, null);
        desk.mustBeSound(request, order);
        if (before.status !== 'draft' || (draftedAt && draftedAt !== before.draftedAt)) throw noDraft();
        await onRecord(register, request, {
          area: 'drills',
          subject: `drill ${id}`,
          from: onRecordOf(before.order),
          to: onRecordOf(order),
        });
        const change = { id, order, by, at: now(), draftedAt: before.draftedAt };
        if (!(await changeDraft(register, change))) throw noDraft();
        return shown(request, id);
      },
    );
  };

/** What the change record has of a draft. */
const onRecordOf = ({ offices, startsAt }: DrillOrder) => ({
  status: 'draft',
  offices: offices.map(({ office }) => office),
  startsAt,
});
