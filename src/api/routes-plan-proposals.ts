import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { mustHaveTemplates } from '../documents/of-plan.ts';
import { readDraft, withLimits, type Draft } from '../plan/draft.ts';
import type { Plan } from '../plan/load.ts';
import { addProposal, decideProposal, proposalByNr, standingPublication } from '../store/plan-proposals.ts';
import type { ProposalKind } from '../store/tables-plans.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { templatesOf } from './document-desk.ts';
import { changeBy } from './on-record.ts';
import { editionNamed } from './plan-editions.ts';
import * as problems from './plan-problems.ts';
import { PROBLEMS } from './schemas.ts';
import { decidedSchema, decisionBody, proposalParams, proposeBody, proposedSchema } from './schemas-plans.ts';

/** An edition is put in force by two people: one proposes it, another approves. Incidents under way keep theirs. */
export const planProposalRoutes =
  (deps: ApiDeps, { mustBeOneOf, mustBeOneOfOurs }: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { plan, register, refreshPlan } = deps;
    const tags = ['plans'];

    app.post(
      '/api/plans/proposals',
      {
        schema: {
          tags,
          body: proposeBody,
          summary: "Propose other limits of the bureau's own, a revision of the plan, or an earlier edition",
          response: { 201: proposedSchema, ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { body } = request;
        mustBeOneOfOurs(body.by, null);
        await refreshPlan();
        const inForce = { ...plan };
        if (body.upon !== inForce.pin.hash) throw problems.planOutdated(inForce.pin.hash);
        const { draft, kind } = await draftOf(deps, body, inForce);
        const { pin, text } = draft.plan;
        const proposal = {
          ...pin,
          text,
          kind,
          upon: body.upon,
          proposedBy: body.by,
          reason: body.reason,
          documentNumber: body.document?.number,
          scanHash: body.document?.scanHash,
        };
        const nr = await addProposal(register, proposal, (number) =>
          changeBy(request, {
            area: 'plan' as const,
            subject: `proposal ${number}`,
            from: null,
            to: { ...pin, kind, by: body.by, changes: draft.changes.map(({ text: words }) => words) },
            personal: { 'to.reason': body.reason },
          }),
        );
        return reply.code(201).send({ nr, kind, hash: pin.hash, changes: draft.changes });
      },
    );

    app.post(
      '/api/plans/proposals/:nr/decision',
      {
        schema: {
          tags,
          params: proposalParams,
          body: decisionBody,
          summary:
            'Approve or refuse a proposal of another person; approved, it is in force for new incidents',
          response: { 200: decidedSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { by, approve, reason } = request.body;
        mustBeOneOf(by, null, plan.approvers, 'MAY_NOT_APPROVE');
        const proposal = await proposalByNr(register, request.params.nr);
        if (!proposal || proposal.key !== plan.pin.key) throw problems.unknownProposal();
        if (proposal.decision) throw problems.decidedBefore(proposal.decision, proposal.decidedBy);
        // Whoever proposed may take it back, and not approve it.
        if (approve && proposal.proposedBy === by) throw problems.samePerson();
        const upon = await standingPublication(register, plan.pin.key);
        await refreshPlan();
        const before = { ...plan.pin };
        if (approve && proposal.upon !== before.hash) throw problems.planOutdated(before.hash);
        const decision = approve ? ('approved' as const) : ('refused' as const);
        const { key, edition, hash, proposedBy } = proposal;
        const change = changeBy(request, {
          area: 'plan' as const,
          subject: approve ? 'edition in force' : `proposal ${proposal.nr}`,
          from: approve ? before : { proposedBy },
          to: { key, edition, hash, decision, proposal: proposal.nr, proposedBy, decidedBy: by },
          personal: { 'to.reason': reason },
        });
        const decided = await decideProposal(register, proposal, { by, approve, reason, upon }, change);
        if (decided.state === 'outdated') throw problems.planOutdated(plan.pin.hash);
        if (decided.state === 'decidedBefore') {
          const now = await proposalByNr(register, proposal.nr);
          throw problems.decidedBefore(now!.decision, now!.decidedBy);
        }
        await refreshPlan();
        return { nr: proposal.nr, decision, inForce: { ...plan.pin } };
      },
    );
  };

/** What is proposed, read and checked like any plan. Throws 422 with what is wrong. */
async function draftOf(
  deps: Pick<ApiDeps, 'plan' | 'register' | 'documents'>,
  { limits, text, earlier, document }: z.output<typeof proposeBody>,
  inForce: Plan,
): Promise<{ draft: Draft; kind: ProposalKind }> {
  const given = earlier
    ? (await editionNamed(deps, earlier)).text
    : (text ?? limited(inForce.text, limits ?? []));
  // What stood in force before, or stands now, is not refused for a template that was taken away since.
  const draft = readAs(given, inForce, text === undefined ? null : templatesOf(deps).keys());
  if (draft.plan.pin.key !== inForce.pin.key) throw problems.otherPlan();
  if (draft.changes.length === 0) throw problems.nothingChanged();
  if (earlier) return { draft, kind: 'earlier' };
  if (draft.kind === 'revision') mustHaveDocument(draft.plan, inForce, document?.number);
  return { draft, kind: draft.kind };
}

function limited(text: string, limits: Parameters<typeof withLimits>[1]): string {
  try {
    return withLimits(text, limits);
  } catch (error) {
    if (error instanceof RangeError) throw problems.notALimit(error.message);
    throw error;
  }
}

function readAs(text: string, inForce: Plan, templates: Iterable<string> | null): Draft {
  try {
    const draft = readDraft(text, inForce);
    if (templates) mustHaveTemplates(draft.plan, templates);
    return draft;
  } catch (error) {
    throw problems.draftInvalid(error);
  }
}

/** The plan's own words change by a document alone. */
function mustHaveDocument(draft: Plan, inForce: Plan, number: string | undefined): void {
  if (number !== draft.documentNumber) throw problems.documentRequired(draft.documentNumber);
  if (draft.pin.edition === inForce.pin.edition) throw problems.editionNotNew();
}
