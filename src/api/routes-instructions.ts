import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { readTime } from '../incident/facts.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant, toMs } from '../incident/instant.ts';
import { isOfParty, personById } from '../people/organisation.ts';
import type { Plan } from '../plan/load.ts';
import { recordInstruction } from '../workflows/messages-instructions.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { actIdOf } from './intake.ts';
import { Problem } from './problem.ts';
import { mustBeToCome } from './due-date.ts';
import { say } from './say.ts';
import { idempotencySchema, idParams, PROBLEMS } from './schemas.ts';
import { instructionBody, instructionRecorded } from './schemas-reports.ts';

/** 批示: what a leader wants done, by whom, until when. */
export const instructionRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { keyring, organisation } = deps;
    app.post(
      '/api/incidents/:id/instructions',
      {
        schema: {
          tags: ['reports'],
          summary:
            "Record a leader's instruction (批示): a duty of whoever is to carry it out, followed up until somebody says how that was done. Its words are sealed",
          params: idParams,
          headers: idempotencySchema,
          body: instructionBody,
          response: { 200: instructionRecorded, ...PROBLEMS },
        },
      },
      async ({ params, body, headers, apiKeyId }) => {
        const id = params.id as IncidentId;
        const incident = await acting.openRecord(id);
        acting.mustBeOneOfOurs(body.by, incident);
        const plan = await acting.editionOf(incident);
        const from = 'person' in body.from ? body.from.person : null;
        if (from !== null) mustBeKnown(from);
        const dueAt = body.dueAt ? toInstant(toMs(body.dueAt)) : null;
        if (dueAt) mustBeToCome(dueAt);
        const { instruction, stageId } = await say(
          deps,
          id,
          recordInstruction,
          {
            by: body.by,
            from,
            fromName: 'name' in body.from ? body.from.name : null,
            dueAt,
            givenAt: readTime(body.givenAt).instant!,
            words: body.words,
            ...addressed(body.to, plan, incident.office),
          },
          {
            again: 'counts',
            updateId: actIdOf(keyring, apiKeyId, headers['idempotency-key'], { kind: 'instructions', body }),
          },
        );
        return { instruction, stage: stageId };
      },
    );

    function mustBeKnown(person: string): void {
      if (!personById(organisation, person)) throw nobody();
    }

    /** A person is told as one of their party, and reminded as themselves. */
    function addressed(
      to: { party: string } | { person: string },
      plan: Plan,
      office: string,
    ): { party: string; person: string | null } {
      if ('party' in to) return { party: to.party, person: null };
      mustBeKnown(to.person);
      const ours = Object.keys(plan.parties).filter((party) => !plan.parties[party]!.outside);
      const party = ours.find((each) => isOfParty(organisation, to.person, [each], office));
      if (!party) throw nobody();
      return { party, person: to.person };
    }
  };

const nobody = (): Problem =>
  new Problem({
    status: 422,
    code: 'UNKNOWN_PERSON',
    title: '组织中没有此人，或者此人与本事件无关',
    detail: 'Name a person of the organisation whose body has a part in this incident, or a party.',
  });
