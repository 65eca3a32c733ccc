import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { drillWorkflowId } from '../drills/ids.ts';
import { runOf } from '../drills/run-of.ts';
import { toInstant, toMs } from '../incident/instant.ts';
import { approveDrill, moveDrill, type Drill } from '../store/drills.ts';
import { TASK_QUEUE } from '../temporal/task-queues.ts';
import { startDrillNow, stopDrill, withdrawDrill } from '../workflows/messages-drills.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { createDrillDesk } from './drill-desk.ts';
import * as problems from './drill-problems.ts';
import { drillView, seesScript } from './drill-view.ts';
import { onRecord } from './on-record.ts';
import { isUnreachable, unavailable } from './incident-problems.ts';
import { PROBLEMS } from './schemas.ts';
import { approveBody, drillActBody, drillParams, drillSchema, stopBody } from './schemas-drills.ts';

const PATIENCE_MS = 5_000;
/** An order approved a little after its time begins at once; one that is older was forgotten. */
const LATE_MS = 3_600_000;
const now = () => toInstant(Date.now());

/** What is done with a drill order: approved by another person, undone before its start, begun at once, and ended for 真实情况. */
export const drillActRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, client } = deps;
    const desk = createDrillDesk(deps);
    const tags = ['drills'];
    const answers = { response: { 200: drillSchema, ...PROBLEMS }, params: drillParams };

    app.post(
      '/api/drills/:id/approve',
      {
        schema: {
          tags,
          body: approveBody,
          ...answers,
          summary:
            'Approve a draft of another person: from here it begins at its time. Repeating it is harmless. Refused while an outside party is named without its consent',
        },
      },
      async (request) => {
        const { by, draftedAt } = request.body;
        const drill = await desk.known(request, request.params.id);
        acting.mustBeOneOfOurs(by, null);
        if (drill.status !== 'approved' || drill.approvedBy !== by) {
          if (drill.status !== 'draft' || (draftedAt && draftedAt !== drill.draftedAt))
            throw problems.noDraft();
          if (drill.draftedBy === by) throw problems.samePerson();
          if (Date.now() - toMs(drill.startsAt) > LATE_MS) throw problems.inPast();
          desk.mustHaveConsents(drill);
          if (toMs(drill.startsAt) <= Date.now()) await desk.mustBeFree(drill);
          await record(request, drill, 'approved');
          if (!(await approveDrill(register, drill, { by, at: now() }))) throw problems.noDraft();
        }
        await startRun(drill);
        return shown(request, drill.id);
      },
    );

    app.post(
      '/api/drills/:id/withdraw',
      {
        schema: {
          tags,
          body: drillActBody,
          ...answers,
          summary: 'Undo an order before its start: nobody is told anything',
        },
      },
      async (request) => {
        const drill = await desk.known(request, request.params.id);
        acting.mustBeOneOfOurs(request.body.by, null);
        const undone = { status: 'withdrawn' as const, withdrawnBy: request.body.by };
        if (!(await moveDrill(register, drill.id, ['draft', 'approved'], undone)))
          throw problems.notApproved();
        await record(request, drill, 'withdrawn');
        // What the workflow is not told it reads: an order that was undone does not begin.
        await signal(drill.id, (handle) => handle.signal(withdrawDrill)).catch(() => undefined);
        return shown(request, drill.id);
      },
    );

    app.post(
      '/api/drills/:id/start',
      {
        schema: {
          tags,
          body: drillActBody,
          ...answers,
          summary:
            'Begin an approved drill now and not at its time. Refused (`OFFICE_IN_INCIDENT`) while something real goes on at one of its offices or needs its people',
        },
      },
      async (request) => {
        const drill = await desk.known(request, request.params.id);
        acting.mustBeOneOfOurs(request.body.by, null);
        if (drill.status !== 'approved') throw problems.notApproved();
        await desk.mustBeFree(drill);
        await record(request, drill, 'started');
        await signal(drill.id, (handle) => handle.signal(startDrillNow));
        return shown(request, drill.id);
      },
    );

    app.post(
      '/api/drills/:id/real',
      {
        schema: {
          tags,
          body: stopBody,
          ...answers,
          summary:
            '真实情况: ends a running drill at once, at one office or all of them, and tells everybody. What has really happened is then reported as ever',
        },
      },
      async (request) => {
        const { by, office } = request.body;
        const drill = await desk.known(request, request.params.id);
        acting.mustBeOneOfOurs(by, null);
        if (!['approved', 'running'].includes(drill.status)) throw problems.notRunning();
        const stop = { office: office ?? null, as: 'replaced' as const, by, realIncident: null };
        await signal(drill.id, (handle) => handle.signal(stopDrill, stop));
        await record(request, drill, 'stopped').catch(() => undefined); // ends first, and is on record besides
        return shown(request, drill.id);
      },
    );

    app.post(
      '/api/drills/:id/end',
      {
        schema: {
          tags,
          body: stopBody,
          ...answers,
          summary: 'End a running drill before its time: it was held, and can be scored',
        },
      },
      async (request) => {
        const { by, office } = request.body;
        const drill = await desk.known(request, request.params.id);
        acting.mustBeOneOfOurs(by, null);
        if (drill.status !== 'running') throw problems.notRunning();
        const stop = { office: office ?? null, as: 'ended' as const, by, realIncident: null };
        await signal(drill.id, (handle) => handle.signal(stopDrill, stop));
        return shown(request, drill.id);
      },
    );

    type Request = Parameters<typeof onRecord>[1];

    const record = (request: Request, { id, status }: Drill, to: string): Promise<void> =>
      onRecord(register, request, {
        area: 'drills',
        subject: `drill ${id}`,
        from: { status },
        to: { status: to },
      });

    async function shown(request: Request, id: string) {
      const drill = await desk.known(request, id);
      return drillView(deps, drill, seesScript(request, drill));
    }

    async function startRun({ id, order }: Drill): Promise<void> {
      try {
        await client.withDeadline(Date.now() + PATIENCE_MS, () =>
          client.workflow.start('drillRun', {
            workflowId: drillWorkflowId(id),
            taskQueue: TASK_QUEUE,
            args: [runOf(id, order)],
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
          }),
        );
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return;
        throw isUnreachable(error)
          ? unavailable('It is approved, and not known to begin: approve it again.')
          : error;
      }
    }

    type Handle = ReturnType<typeof client.workflow.getHandle>;

    async function signal(id: string, send: (handle: Handle) => Promise<void>): Promise<void> {
      try {
        await client.withDeadline(Date.now() + PATIENCE_MS, () =>
          send(client.workflow.getHandle(drillWorkflowId(id))),
        );
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) throw problems.notRunning();
        throw isUnreachable(error) ? unavailable('Try again: repeating it is harmless.') : error;
      }
    }
  };
