import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { reachOf } from '../accounts/roles.ts';
import { administratorOf, peopleOf, personById } from '../people/bodies.ts';
import { jurisdictionOf, jurisdictionsOf } from '../people/jurisdiction.ts';
import { METHODS, triesOf, type MethodName } from '../people/methods.ts';
import type { Body, Organisation, Person } from '../people/organisation.ts';
import type { ApiDeps } from './deps.ts';
import { namesOf } from './names.ts';
import { isBodyInReach } from './reach.ts';
import { PROBLEMS } from './schemas.ts';
import { bodiesSchema } from './schemas-bodies.ts';

type ShownPerson = z.infer<typeof bodiesSchema>['bodies'][number]['people'][number];

/** The bodies of one's jurisdiction with their people, and how these are reached. */
export const bodyRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { organisation, plan, refreshRosters, served = METHODS } = deps;

    app.get(
      '/api/bodies',
      {
        schema: {
          tags: ['people'],
          summary:
            'The bodies of one’s jurisdiction and their people, by whom a duty can be handed over or held',
          response: { 200: bodiesSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        await refreshRosters();
        const names = namesOf(organisation, plan);
        const withNumbers = seesNumbers(request);
        const bodies = organisation.bodies.filter(({ id }) => isOurs(request, deps, id));
        const shown = bodies.map((body) => ({
          id: body.id,
          name: body.name,
          partyName: names.party(body.party),
          jurisdiction: jurisdictionOf(organisation, body.id),
          callBack: body.callBack,
          hasRoster: body.roster !== undefined,
          administrator: administratorOf(organisation, body)?.name ?? null,
          people: membersOf(organisation, body).map((person) =>
            shownPerson(organisation, body, person, { withNumbers, served }),
          ),
        }));
        const places = new Set(shown.map(({ jurisdiction }) => jurisdiction));
        const jurisdictions = jurisdictionsOf(organisation)
          .filter(({ id }) => places.has(id))
          .map(({ within = null, ...one }) => ({ ...one, within }));
        return { jurisdictions, bodies: shown };
      },
    );
  };

/** An officer's right goes no further than their own place. */
function isOurs(request: FastifyRequest, deps: ApiDeps, body: string): boolean {
  const { actor, reach } = request;
  if (actor?.kind === 'account' && reach === 'own')
    return jurisdictionOf(deps.organisation, body) === actor.account.jurisdiction;
  return isBodyInReach(request, deps, body);
}

/** Numbers are for those who call them in an incident, and for those who mend them. */
function seesNumbers({ actor }: FastifyRequest): boolean {
  if (actor?.kind !== 'account') return true;
  const { role } = actor.account;
  return reachOf(role, 'respond') !== null || reachOf(role, 'manageRosters') !== null;
}

function membersOf(organisation: Organisation, body: Body): Person[] {
  const own = organisation.people.filter((person) => person.body === body.id).map(({ id }) => id);
  return [...new Set([...peopleOf(body), ...own])].flatMap((id) => personById(organisation, id) ?? []);
}

function shownPerson(
  organisation: Organisation,
  body: Body,
  person: Person,
  { withNumbers, served }: { withNumbers: boolean; served: readonly MethodName[] },
): ShownPerson {
  const place = body.contacts.indexOf(person.id);
  const tries = triesOf(person, served, [body.methods, organisation.methods]);
  return {
    id: person.id,
    name: person.name,
    post: person.post,
    contact: place < 0 ? null : place + 1,
    methods: [...new Set(tries.map(({ by }) => by))],
    phone: withNumbers ? (person.phone ?? null) : null,
    email: withNumbers ? (person.email ?? null) : null,
  };
}
