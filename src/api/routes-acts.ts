import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IncidentId, StageId } from '../incident/ids.ts';
import { isOfParty, offices, personById } from '../people/organisation.ts';
import { choosableBranches, planPart } from '../plan/part-of.ts';
import { incidentById, type IncidentRow } from '../store/incidents.ts';
import { within } from '../within.ts';
import * as messages from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { createPlanShelf } from './plans.ts';
import { Problem } from './problem.ts';
import { onceWritten } from './once-written.ts';
import { refusalProblem, say } from './say.ts';
import {
  approvalBody,
  branchBody,
  closingBody,
  idParams,
  outcomeBody,
  PROBLEMS,
  stageParams,
  stillBody,
  takeOverBody,
} from './schemas.ts';

const REGISTER_PATIENCE_MS = 1_000;

const instant = z.string();
const stageIds = z.array(z.string());

/** What people do in an incident. Each act is an update of its workflow, by a person of the organisation. */
export const actRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { client, organisation, register } = deps;
    const editionOf = createPlanShelf(deps);
    const tags = ['acts'];

    /**
     * A closed incident's workflow is gone: its record says so. Null where the record is not written yet or cannot be read:
     * an act does not wait for it, and the workflow refuses what it must.
     */
    const mustBeOpen = async (id: IncidentId): Promise<IncidentRow | null> => {
      const incident = await within(REGISTER_PATIENCE_MS, incidentById(register, id)).catch(() => null);
      if (incident?.status === 'closed')
        throw refusalProblem('IncidentClosed', { at: incident.closedAt, as: incident.closedAs });
      return incident;
    };

    /** Somebody of ours whose body has a part in this office's incidents; `parties` narrows that down. */
    const mustBeOneOf = (
      by: string,
      incident: IncidentRow | null,
      parties: string[],
      code = 'MAY_NOT_ACT',
    ): void => {
      const person = personById(organisation, by);
      if (!person) {
        throw new Problem({
          status: 422,
          code: 'UNKNOWN_PERSON',
          title: '组织中没有此人',
          detail: '"by" is the id of a person of the organisation.',
        });
      }
      const everywhere = offices(organisation).map(({ id }) => id);
      const at = incident ? [incident.office] : everywhere; // without its record, at least nobody from outside
      if (at.some((office) => isOfParty(organisation, by, parties, office))) return;
      throw new Problem({
        status: 403,
        code,
        title: '此人无权进行此操作',
        detail: `People of these parties may, for this incident's office: ${parties.join(', ')}.`,
      });
    };
    const ours = Object.entries(deps.plan.parties).flatMap(([key, { outside }]) => (outside ? [] : [key]));

    app.post(
      '/api/incidents/:id/stages/:stage/outcome',
      {
        schema: {
          tags,
          summary: 'End a stage with its evidence',
          params: stageParams,
          body: outcomeBody,
          response: {
            200: z.object({ stage: z.string(), outcome: z.string(), at: instant, by: z.string().nullable() }),
            ...PROBLEMS,
          },
        },
      },
      async ({ params, body }) => {
        const id = params.id as IncidentId;
        mustBeOneOf(body.by, await mustBeOpen(id), ours);
        const end = await say(client, id, messages.resolveStage, {
          ...body,
          stageId: params.stage as StageId,
        });
        return { stage: params.stage, ...end };
      },
    );

    app.post(
      '/api/incidents/:id/branch',
      {
        schema: {
          tags,
          summary:
            'Decide that another branch of the plan fits: its duties open at once, the old clocks stop',
          params: idParams,
          body: branchBody,
          response: { 200: z.object({ branch: z.string(), entry: z.number().int() }), ...PROBLEMS },
        },
      },
      async ({ params, body: { by, branch, reason } }) => {
        const id = params.id as IncidentId;
        const incident = await mustBeOpen(id);
        mustBeOneOf(by, incident, ours);
        const plan = incident ? await editionOf(incident.plan) : deps.plan;
        const choices = choosableBranches(plan);
        const chosen = choices.find((key) => key === branch);
        if (!chosen) {
          throw new Problem({
            status: 422,
            code: 'UNKNOWN_BRANCH',
            title: '预案没有此处置分支',
            detail: 'Choose one of these branches.',
            more: {
              branches: choices.map((key) => ({
                branch: key,
                name: plan.branches[key]!.name,
                clause: plan.branches[key]!.clause,
              })),
            },
          });
        }
        return say(client, id, messages.switchBranch, { plan: planPart(plan, chosen), by, reason });
      },
    );

    app.post(
      '/api/incidents/:id/still-responding',
      {
        schema: {
          tags,
          summary: '仍在处置: this person is not reminded for a while; the clocks run on',
          params: idParams,
          body: stillBody,
          response: { 200: z.object({ until: instant }), ...PROBLEMS },
        },
      },
      async ({ params, body: { by } }) => {
        const id = params.id as IncidentId;
        mustBeOneOf(by, await mustBeOpen(id), ours);
        return say(client, id, messages.stillResponding, { by });
      },
    );

    app.post(
      '/api/incidents/:id/take-over',
      {
        schema: {
          tags,
          summary: '接管: reminders go to this person from now on',
          params: idParams,
          body: takeOverBody,
          response: { 200: z.object({ stages: stageIds }), ...PROBLEMS },
        },
      },
      async ({ params, body: { by, stage, reason } }) => {
        const id = params.id as IncidentId;
        mustBeOneOf(by, await mustBeOpen(id), ours);
        return say(client, id, messages.takeOver, { by, stageId: (stage ?? null) as StageId | null, reason });
      },
    );

    app.post(
      '/api/incidents/:id/closing',
      {
        schema: {
          tags,
          summary: 'Propose closing, with evidence; another person approves',
          params: idParams,
          body: closingBody,
          response: {
            200: z.object({
              at: instant,
              openStages: stageIds.describe('Duties still open: the approval ends them too'),
            }),
            ...PROBLEMS,
          },
        },
      },
      async ({ params, body }) => {
        const id = params.id as IncidentId;
        // The office proposes; where nobody of it can, whoever might approve does, and somebody else approves.
        mustBeOneOf(body.by, await mustBeOpen(id), ['judicialOffice', ...deps.plan.approvers]);
        return say(client, id, messages.proposeClosing, body);
      },
    );

    app.post(
      '/api/incidents/:id/closing/approval',
      {
        schema: {
          tags,
          summary: 'Approve (or with approve: false refuse) the closing that another person proposed',
          params: idParams,
          body: approvalBody,
          response: { 200: z.object({ closed: z.boolean(), at: instant }), ...PROBLEMS },
        },
      },
      async ({ params, body }) => {
        const id = params.id as IncidentId;
        // Who may approve depends on the incident, so that this act does wait for its record.
        const incident = (await mustBeOpen(id)) ?? (await onceWritten(deps, id)).incident;
        mustBeOneOf(body.by, incident, (await editionOf(incident.plan)).approvers, 'MAY_NOT_APPROVE');
        return say(client, id, messages.decideClosing, { ...body, proposedAt: body.proposedAt ?? null });
      },
    );
  };
