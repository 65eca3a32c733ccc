import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toInstant } from '../incident/instant.ts';
import { administratorOf, bodyById, peopleOf } from '../people/bodies.ts';
import { isOfParty, offices, type Body, type Organisation } from '../people/organisation.ts';
import { dateAt } from '../people/roster.ts';
import { clausesOf } from '../plan/clauses.ts';
import type { Plan } from '../plan/load.ts';
import { ourPerson } from '../people/ours.ts';
import { studyNow, type StudyNow } from '../study-now.ts';
import { registerLimits, setRegisterLimit } from '../store/register-limits.ts';
import { recordSession, recordStudy } from '../store/studies.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { mustKnowBody } from './known-body.ts';
import { namesOf } from './names.ts';
import { onRecord } from './on-record.ts';
import { planOutdated } from './plan-problems.ts';
import { isBodyInReach } from './reach.ts';
import * as problems from './register-problems.ts';
import { PROBLEMS } from './schemas.ts';
import { limitsBody, limitsSchema, sessionBody, studyBody, studySchema } from './schemas-registers.ts';

/** 五（一）, 七: who has studied the edition in force. */
export const studyRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation, plan, refreshPlan } = deps;
    const tags = ['registers'];

    app.get(
      '/api/study',
      {
        schema: {
          tags,
          summary:
            "Who of one's jurisdiction has studied the edition in force, who is missing, and one's own duties in it",
          response: { 200: studySchema, ...PROBLEMS },
        },
      },
      async (request) => {
        await refreshPlan();
        const { pin, title } = plan;
        const now = await studyNow(register, organisation, plan, toInstant(Date.now()));
        const { since, within, dueOn } = now;
        const names = namesOf(organisation, plan);
        const by = request.actor?.kind === 'account' ? request.actor.account.person : null;
        const bodies = now.bodies
          .filter(({ body }) => isBodyInReach(request, deps, body.id))
          .map(({ body, people }) => ({
            id: body.id,
            name: body.name,
            partyName: names.party(body.party),
            people,
            mayRecordSession: by === null ? true : isHead(organisation, plan, by, body),
            done: people.filter(({ studiedOn }) => studiedOn !== null).length,
            overdue: people.filter(({ isOverdue }) => isOverdue).length,
          }));
        const own = by === null ? null : ownStudy(organisation, { ...plan }, now, by);
        return { edition: { ...pin, title }, since, within, dueOn, own, bodies };
      },
    );

    app.post(
      '/api/study',
      {
        schema: {
          tags,
          summary: 'Say that one has studied the edition in force; twice on a day is once',
          body: studyBody,
          response: { 204: z.null(), ...PROBLEMS },
        },
      },
      async ({ body: { by, hash } }, reply) => {
        acting.mustBeOneOfOurs(by, null);
        await mustBeInForce(hash);
        const studiedOn = dateAt(toInstant(Date.now()));
        await recordStudy(register, by, { pin: { ...plan.pin }, studiedOn, recordedBy: by });
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/study/sessions',
      {
        schema: {
          tags,
          summary: 'Record an organised study of a body with its attendance list; its head does, or above',
          body: sessionBody,
          response: { 201: z.object({ id: z.uuid() }), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { by, hash, heldOn, people, ...named } = request.body;
        const body = mustKnowBody(organisation, named.body);
        if (!isBodyInReach(request, deps, body.id)) throw problems.bodyOutOfReach();
        if (!isHead(organisation, plan, by, body)) throw problems.notTheHead();
        await mustBeInForce(hash);
        const members = new Set([
          ...peopleOf(body),
          ...organisation.people.filter((one) => one.body === body.id).map(({ id }) => id),
        ]);
        const strangers = people.filter((one) => !members.has(one) || !ourPerson(organisation, plan, one));
        if (strangers.length > 0) throw problems.unknownPeople(strangers);
        const at = toInstant(Date.now());
        const { since } = await studyNow(register, organisation, plan, at);
        if (heldOn < since || heldOn > dateAt(at)) throw problems.dateUnusable(since, dateAt(at));
        const given = { pin: { ...plan.pin }, studiedOn: heldOn, recordedBy: by };
        return reply.code(201).send({ id: await recordSession(register, body.id, people, given) });
      },
    );

    app.put(
      '/api/register-limits',
      {
        schema: {
          tags,
          summary:
            "Set the bureau's own limit for study or screening; none where the plan has none is 未载明",
          body: limitsBody,
          response: { 200: limitsSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { by, name, period } = request.body;
        acting.mustBeOneOf(by, null, plan.approvers, 'MAY_NOT_APPROVE');
        const from = (await registerLimits(register))[name]?.period ?? null;
        if (from !== period) {
          await onRecord(register, request, {
            area: 'plan',
            subject: `limit registers.${name}`,
            from,
            to: period,
          });
          await setRegisterLimit(register, name, period, toInstant(Date.now()));
        }
        const { study, screening } = await registerLimits(register);
        return { study: study?.period ?? null, screening: screening?.period ?? null };
      },
    );

    async function mustBeInForce(hash: string): Promise<void> {
      await refreshPlan();
      if (hash !== plan.pin.hash) throw planOutdated(plan.pin.hash);
    }
  };

/** The head of a body: its administrator or first contact; whoever may approve stands above it. */
function isHead(organisation: Organisation, plan: Pick<Plan, 'approvers'>, by: string, body: Body): boolean {
  if ([administratorOf(organisation, body)?.id, body.contacts[0]].includes(by)) return true;
  return offices(organisation).some(({ id }) => isOfParty(organisation, by, plan.approvers, id));
}

function ownStudy(organisation: Organisation, plan: Plan, now: StudyNow, person: string) {
  const own = now.bodies.flatMap(({ people }) => people).find(({ id }) => id === person);
  const home = bodyById(organisation, organisation.people.find(({ id }) => id === person)?.body ?? '');
  if (!own || !home) return null;
  const { studiedOn, isOverdue } = own;
  const duties = clausesOf(plan).flatMap(({ clause, duties: all }) =>
    all.flatMap(({ branchName, name, planText, within, owner, tells }) => {
      const told = tells.find(({ party }) => party === home.party);
      const duty = told?.duty ?? (owner === home.party ? name : null);
      return duty === null ? [] : [{ clause, branchName, name, duty, planText, within }];
    }),
  );
  return { person, studiedOn, isOverdue, duties };
}
