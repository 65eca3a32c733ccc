import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Act } from '../foresight/act.ts';
import { outcomeActs } from '../foresight/outcome-acts.ts';
import { standingIn } from '../foresight/standing.ts';
import { msBetween, toInstant, type Instant } from '../incident/instant.ts';
import { contactFor, isOfParty, offices, personById } from '../people/organisation.ts';
import { onDutyAt } from '../people/roster.ts';
import { coursesOf, dutiesOfPerson, type DutyRow, type Part } from '../store/duties.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { mayHere } from './may-here.ts';
import { namesOf } from './names.ts';
import { Problem } from './problem.ts';
import { officesInReach } from './reach.ts';
import { actView } from './routes-acts.ts';
import { PROBLEMS } from './schemas.ts';
import { dutySchema } from './schemas-acts-now.ts';

/** More than anybody can do; whoever holds more than these sees those that are due first. */
const MOST = 100;

/** What the signed-in person has to do, over all incidents, with the form of evidence of each duty. */
export const dutyRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation, plan } = deps;

    app.get(
      '/api/duties',
      {
        schema: {
          tags: ['console'],
          summary:
            'My open duties, the soonest deadline first: taken over, of my body, or told to it; with what may be recorded of each, and what that causes',
          querystring: z.object({
            person: z.string().min(1).max(64).optional().describe('For API keys; a session has its own'),
          }),
          response: {
            200: z.object({ person: z.string().nullable(), duties: z.array(dutySchema) }),
            ...PROBLEMS,
          },
        },
      },
      async (request) => {
        const person = whose(request, request.query.person);
        if (person === null) return { person, duties: [] };
        const among = officesInReach(request, deps);
        const at = toInstant(Date.now());
        const rows = await dutiesOfPerson(register, { person, parts: partsOf(person, among), limit: MOST });
        const seen = rows.filter(({ office }) => among === null || among.includes(office));
        const forms = await formsOf(request, seen, at);
        return { person, duties: seen.map((row, index) => view(row, forms[index]!, person, at)) };
      },
    );

    function partsOf(person: string, among: string[] | null): Part[] {
      const all = among ?? offices(organisation).map(({ id }) => id);
      const ours = Object.keys(plan.parties);
      return all.flatMap((office) =>
        ours
          .filter((party) => isOfParty(organisation, person, [party], office))
          .map((party) => ({ office, party })),
      );
    }

    async function formsOf(request: FastifyRequest, rows: DutyRow[], at: Instant): Promise<Act[][]> {
      const courses = await coursesOf(register, [...new Set(rows.map(({ incidentId }) => incidentId))]);
      return Promise.all(
        rows.map(async ({ incidentId, stageId, office, plan: pin }) => {
          const course = courses.get(incidentId);
          if (!course) return [];
          const edition = await acting.editionOf({ plan: pin }).catch(() => null);
          const standing = edition && standingIn(edition, course.branch, course.rows, at);
          const acts = standing ? await outcomeActs(standing, stageId) : [];
          return acts.filter(({ route }) => mayHere(request, deps, route, office));
        }),
      );
    }

    function view(row: DutyRow, form: Act[], person: string, at: Instant): z.infer<typeof dutySchema> {
      const { owner, holder, office, isOwn: _, acknowledgedAt, arrivedAt, declinedAt, sentAt, ...duty } = row;
      const names = namesOf(organisation, plan);
      return {
        ...duty,
        office,
        officeName: names.office(office),
        ownerName: names.body(owner, office),
        held: heldAs(row, person, at),
        holderName: holder === null ? null : names.person(holder),
        overdue: row.dueAt !== null && msBetween(row.dueAt, at) >= 0,
        receipt: { acknowledgedAt, arrivedAt, declinedAt, sentAt },
        outcomes: form.map((act) => actView(act, row.incidentId)),
      };
    }

    function heldAs({ owner, holder, office, isOwn }: DutyRow, person: string, at: Instant) {
      if (holder === person) return 'takenOver';
      if (!isOwn || holder !== null) return 'told';
      const place = { party: owner, office };
      const isFirst = contactFor(organisation, { ...place, contact: 1 }, at)?.id === person;
      const isOn = onDutyAt(organisation, place, at).some((each) => each.person.id === person);
      return isFirst || isOn ? 'onDuty' : 'ofMyBody';
    }

    function whose({ actor }: FastifyRequest, asked: string | undefined): string | null {
      if (actor?.kind === 'account') {
        if (asked === undefined || asked === actor.account.person) return actor.account.person;
        throw new Problem({ status: 404, code: 'UNKNOWN_PERSON', title: '只能查看本人的职责' });
      }
      if (asked !== undefined && personById(organisation, asked)) return asked;
      throw new Problem({
        status: 422,
        code: 'UNKNOWN_PERSON',
        title: '组织中没有此人',
        detail: 'An API key names the person of the organisation: "?person=".',
      });
    }
  };
