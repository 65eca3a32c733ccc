import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { Act } from '../foresight/act.ts';
import { closingActs } from '../foresight/closing-acts.ts';
import { holdingActs } from '../foresight/holding-acts.ts';
import { branchActs, outcomeActs } from '../foresight/outcome-acts.ts';
import { recordingActs } from '../foresight/recording-acts.ts';
import { standingOf, type Standing } from '../foresight/standing.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant } from '../incident/instant.ts';
import { isOfParty } from '../people/organisation.ts';
import { incidentDetail } from '../store/incidents.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { mayHere } from './may-here.ts';
import { onceWritten } from './once-written.ts';
import { proposers } from './proposers.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import { actsSchema, type actSchema } from './schemas-acts-now.ts';

/** What this person may do now, with what each act would cause. */
export const actRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation } = deps;

    /** Whether this person is of a party that the act is for; the right to it is asked besides. */
    function isTheirs({ act }: Act, person: string, { detail, plan }: Standing): boolean {
      const ours = Object.keys(plan.parties).filter((party) => !plan.parties[party]!.outside);
      const parties =
        act === 'approveClosing' || act === 'refuseClosing'
          ? plan.approvers
          : act === 'proposeClosing' || act === 'falseAlarm'
            ? proposers(plan, detail.incident)
            : ours;
      return isOfParty(organisation, person, parties, detail.incident.office);
    }

    async function actsOf(
      request: FastifyRequest,
      standing: Standing,
      person: string | null,
    ): Promise<Act[]> {
      const all = [
        ...(await outcomeActs(standing)),
        ...closingActs(standing, person),
        ...holdingActs(standing, person),
        ...(await branchActs(standing)),
        ...recordingActs(standing),
      ];
      const { office } = standing.detail.incident;
      return all.filter(
        (act) =>
          mayHere(request, deps, act.route, office) && (person === null || isTheirs(act, person, standing)),
      );
    }

    app.get(
      '/api/incidents/:id/acts',
      {
        schema: {
          tags: ['console'],
          summary:
            'What whoever asks may do now, each act with what it will cause in a sentence: from the table of rights, the pinned plan and where the incident stands',
          params: idParams,
          response: { 200: actsSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const { actor } = request;
        const detail = (await incidentDetail(register, id)) ?? (await onceWritten(deps, id));
        const person = actor?.kind === 'account' ? actor.account.person : null;
        const nobody = { person, branch: detail.incident.branch, acts: [] };
        const isOver = detail.timeline.some(({ kind }) => kind === 'drillEnded');
        if (isOver || detail.incident.status === 'closed' || (actor?.kind === 'account' && person === null))
          return nobody;
        const plan = await acting.editionOf(detail.incident);
        const standing = standingOf(detail, plan, toInstant(Date.now()));
        if (!standing) return nobody;
        const acts = await actsOf(request, standing, person);
        return { ...nobody, acts: acts.map((act) => actView(act, id)) };
      },
    );
  };

/** An act with its address. */
export function actView({ route: [method, url], ...act }: Act, id: IncidentId): z.infer<typeof actSchema> {
  const path = url.replace(':id', id).replace(':stage', act.stageId ?? '');
  return { ...act, method, path };
}
