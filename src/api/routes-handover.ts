import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toInstant } from '../incident/instant.ts';
import { offices, personById, type Organisation } from '../people/organisation.ts';
import {
  acceptHandover, handoverById, listHandovers, offerHandover, openDuties, withdrawHandover, type Handover,
} from '../store/handovers.ts'; // prettier-ignore
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { dutiesOf, handoverIdOf, takeOverAll } from './handover.ts';
import { Problem } from './problem.ts';
import { officesInReach } from './reach.ts';
import { idempotencySchema, PROBLEMS } from './schemas.ts';
import { acceptBody, handoverBody, handoverQuery, handoverSchema, withdrawBody } from './schemas-receipts.ts';

const params = z.object({ id: z.uuid().toLowerCase() });
const answers = { 200: handoverSchema, ...PROBLEMS };

/** 值班交接: one officer's open duties, offered to the next and accepted by them. */
export const handoverRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation } = deps;
    const tags = ['handovers'];
    const shown = (handover: Handover) => view(handover, organisation);
    /** One's own, and those whose duties all lie within reach. */
    const isInReach = (request: FastifyRequest, { from, to, duties }: Handover): boolean => {
      const among = officesInReach(request, deps);
      if (among === null || [from, to].includes(personOf(request) ?? '')) return true;
      return duties.length > 0 && duties.every(({ office }) => among.includes(office));
    };

    app.post(
      '/api/handovers',
      {
        schema: {
          tags,
          summary:
            "Offer one's open duties to the next officer: those one holds, and those of one's own body that nobody has taken over. Others that one's body was told of are listed to be known",
          headers: idempotencySchema,
          body: handoverBody,
          response: answers,
        },
      },
      async ({ body, headers, apiKeyId, actor }) => {
        const { from, to } = body;
        const office = body.office ?? null;
        if (actor?.kind === 'account' && actor.account.person !== from) throw notYourself();
        acting.mustBeOneOfOurs(from, null);
        acting.mustBeOneOfOurs(to, null);
        if (from === to) throw samePerson();
        if (office !== null && !offices(organisation).some(({ id }) => id === office)) throw unknownOffice();
        const duties = dutiesOf(organisation, from, await openDuties(register, office));
        for (const duty of duties) acting.mustBeOneOfOurs(to, duty);
        const id = handoverIdOf(apiKeyId, headers['idempotency-key']);
        const offer = { id, from, to, office, note: body.note || null, duties };
        const kept = await offerHandover(register, offer);
        const isSame =
          kept.from === from && kept.to === to && kept.office === office && kept.note === offer.note;
        if (!isSame) throw keyReused(id);
        return shown(kept);
      },
    );

    app.post(
      '/api/handovers/:id/accept',
      {
        schema: {
          tags,
          summary:
            'Accept it: reminders of each duty go to the next officer from now on. What has ended meanwhile is left and named. Accepting twice is harmless',
          params,
          body: acceptBody,
          response: answers,
        },
      },
      async ({ params: { id }, body: { by } }) => {
        const offered = known(await handoverById(register, id));
        if (!personById(organisation, by) || by !== offered.to) throw notTheReceiver(offered.to);
        if (offered.acceptedAt) return shown(offered);
        if (offered.withdrawnAt) throw withdrawn();
        const results = await takeOverAll(deps, acting, offered);
        return shown(await acceptHandover(register, id, toInstant(Date.now()), results));
      },
    );

    app.post(
      '/api/handovers/:id/withdraw',
      {
        schema: {
          tags,
          summary:
            'Take the offer back: nothing has moved. Its giver may, until it is accepted; twice is harmless',
          params,
          body: withdrawBody,
          response: answers,
        },
      },
      async ({ params: { id }, body: { by } }) => {
        const offered = known(await handoverById(register, id));
        if (by !== offered.from) throw notTheGiver();
        const stands = await withdrawHandover(register, id, toInstant(Date.now()));
        if (stands.acceptedAt) throw alreadyAccepted(stands.acceptedAt);
        return shown(stands);
      },
    );

    app.get(
      '/api/handovers',
      {
        schema: {
          tags,
          summary: 'Handovers, newest first; one that nobody has accepted is open',
          querystring: handoverQuery,
          response: { 200: z.array(handoverSchema), ...PROBLEMS },
        },
      },
      async (request) => {
        const offices = officesInReach(request, deps);
        const among = offices && { person: personOf(request), offices };
        const listed = await listHandovers(register, { ...request.query, among });
        return listed.map((handover) => shown(forReader(request, handover)));
      },
    );

    app.get(
      '/api/handovers/:id',
      { schema: { tags, summary: 'One handover with its duties', params, response: answers } },
      async (request) => {
        const found = known(await handoverById(register, request.params.id));
        return shown(forReader(request, known(isInReach(request, found) ? found : null)));
      },
    );
  };

const personOf = ({ actor }: FastifyRequest): string | null =>
  actor?.kind === 'account' ? actor.account.person : null;

/** What one officer wrote to the other is for these two; nobody can promise that it names nobody. */
function forReader(request: FastifyRequest, handover: Handover): Handover {
  const { actor } = request;
  const isTheirs =
    actor?.kind !== 'account' || [handover.from, handover.to].includes(personOf(request) ?? '');
  return isTheirs ? handover : { ...handover, note: null };
}

function view(
  { duties, results, ...handover }: Handover,
  organisation: Organisation,
): z.infer<typeof handoverSchema> {
  const nameOf = (id: string): string => personById(organisation, id)?.name ?? id;
  return {
    ...handover,
    fromName: nameOf(handover.from),
    toName: nameOf(handover.to),
    status: handover.acceptedAt ? 'accepted' : handover.withdrawnAt ? 'withdrawn' : 'offered',
    duties: duties.map(({ stageId, ...duty }) => {
      const done = results?.find((r) => r.incidentId === duty.incidentId && r.stageId === stageId);
      return { ...duty, stage: stageId, takenOver: done?.takenOver ?? null, skipped: done?.skipped ?? null };
    }),
  };
}

function known(handover: Handover | null): Handover {
  if (handover) return handover;
  throw new Problem({ status: 404, code: 'UNKNOWN_HANDOVER', title: '没有此交接' });
}

const keyReused = (id: string): Problem =>
  new Problem({
    status: 409,
    code: 'IDEMPOTENCY_KEY_REUSED',
    title: '同一幂等键已用于另一次交接',
    detail: 'The first offer stands. Send another Idempotency-Key with another handover.',
    more: { id },
  });

const notYourself = (): Problem =>
  new Problem({
    status: 403,
    code: 'NOT_YOURSELF',
    title: '只能以本人身份操作',
    detail: '"from" is whoever is signed in.',
  });

const samePerson = (): Problem =>
  new Problem({
    status: 422,
    code: 'SAME_OFFICER',
    title: '交班人和接班人不能是同一人',
    detail: '"to" is the next officer.',
  });

const unknownOffice = (): Problem =>
  new Problem({
    status: 422,
    code: 'UNKNOWN_OFFICE',
    title: '没有此司法所',
    detail: 'Send the id of an office (GET /api/offices), or none for all.',
  });

const notTheReceiver = (to: string): Problem =>
  new Problem({
    status: 403,
    code: 'NOT_THE_NEXT_OFFICER',
    title: '只能由接班人确认接班',
    detail: `It was offered to ${to}; offer it anew to somebody else.`,
  });

const notTheGiver = (): Problem =>
  new Problem({
    status: 403,
    code: 'NOT_THE_GIVER',
    title: '只能由交班人撤回交接',
    detail: 'Whoever offered it takes it back; the next officer may leave it unaccepted.',
  });

const alreadyAccepted = (at: string): Problem =>
  new Problem({
    status: 409,
    code: 'HANDOVER_ACCEPTED',
    title: '交接已被确认，不能撤回',
    detail: 'Let the duties be handed back by a handover the other way.',
    more: { at },
  });

const withdrawn = (): Problem =>
  new Problem({
    status: 409,
    code: 'HANDOVER_WITHDRAWN',
    title: '交班人已撤回此次交接',
    detail: 'Nothing has moved. Ask for a new offer.',
  });
