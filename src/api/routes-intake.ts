import type { Client } from '@temporalio/client';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toInstant } from '../incident/instant.ts';
import type { IncidentInput, Report } from '../incident/state.ts';
import { offices, personById, type Organisation, type Person } from '../people/organisation.ts';
import { planPart, startingBranch } from '../plan/part-of.ts';
import { intakeOf } from '../store/incidents.ts';
import { startIncident } from '../temporal/start-incident.ts';
import { TookTooLong, within } from '../within.ts';
import type { ApiDeps } from './deps.ts';
import { giveWay } from './giving-way.ts';
import { incidentIdOf, isSameBody, toReport } from './intake.ts';
import { Problem } from './problem.ts';
import { acceptedSchema, idempotencySchema, PROBLEMS, reportSchema, type ReportBody } from './schemas.ts';
import { isUnreachable } from './incident-problems.ts';
import { mustStillRun, unconfirmed } from './still-runs.ts';

/** How long an alarm waits for the register, which it can do without, and in all, Temporal included: an answer comes within 3 s. */
const REGISTER_PATIENCE_MS = 1_000;
const PATIENCE_MS = 2_500;

type Accepted = z.infer<typeof acceptedSchema>;

/** Reporting an incident, and who may report. */
export const intakeRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { organisation } = deps;
    app.get(
      '/api/offices',
      {
        schema: {
          tags: ['incidents'],
          summary: 'The judicial offices that report',
          response: { 200: z.array(z.object({ id: z.string(), name: z.string() })), ...PROBLEMS },
        },
      },
      async () => offices(organisation),
    );

    app.post(
      '/api/incidents',
      {
        schema: {
          tags: ['incidents'],
          summary: 'Report an incident: from here on the plan acts by itself',
          headers: idempotencySchema,
          body: reportSchema,
          response: { 200: acceptedSchema, 201: acceptedSchema, ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const known = offices(organisation);
        if (!known.some(({ id }) => id === body.office)) {
          throw new Problem({
            status: 422,
            code: 'UNKNOWN_OFFICE',
            title: '没有此司法所',
            detail: 'Send the id of one of these offices.',
            more: { offices: known },
          });
        }
        const deadline = Date.now() + PATIENCE_MS;
        const id = incidentIdOf(request.apiKeyId, request.headers['idempotency-key']);
        const before = await within(REGISTER_PATIENCE_MS, intakeOf(deps.register, id)).catch(() => null);
        if (before) {
          const first = repeated(deps, body, before.bodyHash, { id, ...before });
          await mustStillRun(deps, { id, ...before }, deadline);
          return reply.code(200).send(first);
        }

        const { branch, marks } = startingBranch(deps.plan, body.eventType || null);
        const report = toReport(body, {
          ...deps,
          id,
          apiKeyId: request.apiKeyId,
          receivedAt: toInstant(Date.now()),
          marks,
          person: personOf(request, organisation),
        });
        const plan = planPart(deps.plan, branch);
        const accepted: Accepted = {
          id,
          number: null,
          status: 'open',
          branches: [{ entry: 1, branch, name: plan.branch.name, clause: plan.branch.clause }],
          missing: report.missing,
          marks: report.marks,
        };
        const earlier = await within(
          deadline - Date.now(), // gRPC's own retries may overrun a deadline by a second
          start(deps.client, plan.branch.workflow, { plan, report }, deadline),
        ).catch((error: unknown) => {
          throw error instanceof TookTooLong ? unconfirmed() : error;
        });
        giveWay(deps, report);
        if (earlier) return reply.code(200).send(repeated(deps, body, earlier.bodyHash, accepted));
        return reply.code(201).send(accepted);
      },
    );
  };

/** The person of the organisation who is signed in; null for other systems, and for accounts that are nobody's. */
const personOf = ({ actor }: FastifyRequest, organisation: Organisation): Person | null =>
  actor?.kind === 'account' && actor.account.person ? personById(organisation, actor.account.person) : null;

/** The first answer again; refused when the same key comes with something else. */
function repeated({ keyring }: ApiDeps, body: ReportBody, hash: string, accepted: Accepted): Accepted {
  if (isSameBody(keyring, body, hash)) return accepted;
  throw new Problem({
    status: 409,
    code: 'IDEMPOTENCY_KEY_REUSED',
    title: '同一幂等键已用于另一份报告',
    detail: 'The first report stands. Send another Idempotency-Key with another report.',
    more: { id: accepted.id },
  });
}

/** Starts it. Throws 503 when Temporal is away, or does not say what an earlier start carried. */
const start = (
  client: Client,
  workflow: string,
  input: IncidentInput & { report: Report },
  deadline: number,
): Promise<{ bodyHash: string } | null> =>
  startIncident(client, workflow, input, deadline).catch((error: unknown) => {
    throw isUnreachable(error) ? unconfirmed() : error;
  });
