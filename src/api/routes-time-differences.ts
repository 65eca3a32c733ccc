import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { accuses } from '../documents/names.ts';
import { readTime } from '../incident/facts.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant, toMs } from '../incident/instant.ts';
import { bodyById } from '../people/bodies.ts';
import { personById } from '../people/organisation.ts';
import { addSaid, type Said } from '../store/accountability.ts';
import { incidentDetail } from '../store/incidents.ts';
import { logIdentityRead } from '../store/personal.ts';
import type { Acting } from './acting.ts';
import * as problems from './accountability-problems.ts';
import type { ApiDeps } from './deps.ts';
import { readerOf, type Reader } from './identity-reading.ts';
import { onceWritten } from './once-written.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import * as schemas from './schemas-accountability.ts';
import { createConclusions } from './signed-conclusion.ts';
import { createTimeDifferences, type ConcernedDifference } from './time-differences.ts';

type Shown = schemas.DifferencesBody[number]['differences'][number];

const now = () => toInstant(Date.now());

/**
 * Differences between times that deserve a look (时间差异待核实): shown to the person concerned and their supervisor, and to nobody
 * else. What they say of them stands in a chain beside the timeline, and nothing of it in any other answer.
 */
export const timeDifferenceRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation } = deps;
    const differences = createTimeDifferences(deps);
    const conclusionOf = createConclusions(deps);
    const tags = ['accountability'];

    app.get(
      '/api/time-differences',
      {
        schema: {
          tags,
          summary:
            'Differences between times (时间差异待核实) that concern the signed-in person, as themselves or as the supervisor. The reading is on record. What a signed investigation concludes is told to a session that gives its reason (x-reason)',
          response: { 200: schemas.differencesSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const person = personOf(request);
        const found = person === null ? [] : await differences.concerning(person);
        const reader = await readerOf(register, request);
        const answer: schemas.DifferencesBody = [];
        for (const { incident, differences } of found) {
          const { id, number, office } = incident;
          await addSaid(register, { ...actOf(request, id), kind: 'read', data: {} });
          const conclusion = await conclusionOf(id, reader !== null);
          if (conclusion && reader) await logConclusionRead(reader, id);
          const shown = differences.map((difference) => view(difference, person!));
          const names = namesIn(shown, office, conclusion?.signedBy);
          answer.push({ incident: id, number, office, names, differences: shown, conclusion });
        }
        return answer;
      },
    );

    app.post(
      '/api/time-differences/:id/explanation',
      {
        schema: {
          tags,
          summary:
            'The person concerned explains, in their own words: sealed, dated, kept, shown to the two alone',
          params: idParams,
          body: schemas.explanationBody,
          response: { 200: schemas.saidAnswer, ...PROBLEMS },
        },
      },
      async (request) => {
        const { difference, text } = request.body;
        const id = await mustConcern(request, 'person');
        return said({ ...actOf(request, id), kind: 'explained', data: { difference }, personal: { text } });
      },
    );

    app.post(
      '/api/time-differences/:id/judgement',
      {
        schema: {
          tags,
          summary:
            'The supervisor has looked at it, has no further question, or gives it to the investigation',
          params: idParams,
          body: schemas.judgementBody,
          response: { 200: schemas.saidAnswer, ...PROBLEMS },
        },
      },
      async (request) => {
        const { difference, word, note } = request.body;
        const id = await mustConcern(request, 'supervisor');
        if (note && accuses(note)) throw problems.accusingText();
        return said({
          ...actOf(request, id),
          kind: 'judged',
          data: { difference, word },
          ...(note ? { personal: { text: note } } : {}),
        });
      },
    );

    app.post(
      '/api/incidents/:id/verified-facts',
      {
        schema: {
          tags,
          summary:
            'Record a verified fact that differs from a report, or that no report had. It goes to the person concerned and their supervisor, and is read by nobody else',
          params: idParams,
          body: schemas.verifiedBody,
          response: { 200: schemas.saidAnswer, ...PROBLEMS },
        },
      },
      async (request) => {
        const { by, about, report, element = null, confirmed, source } = request.body;
        const id = request.params.id as IncidentId;
        const { incident, reports } = (await incidentDetail(register, id)) ?? (await onceWritten(deps, id));
        acting.mustBeOneOfOurs(by, incident);
        const { drill, parent, closedAs, responseEndedAt } = incident;
        if (drill || parent || closedAs === 'falseAlarm' || closedAs === 'merged')
          throw problems.nothingToVerify();
        if (about === 'unreported' && responseEndedAt === null) throw problems.responseGoesOn();
        if (report > 0 && !reports.some(({ nr }) => nr === report)) throw problems.unknownReport();
        if (accuses(confirmed) || accuses(source)) throw problems.accusingText();
        const at = readTime(request.body.at).instant!;
        const data = { id: randomUUID(), about, report, element, at: toInstant(toMs(at)) };
        return said({ ...actOf(request, id, by), kind: 'verified', data, personal: { confirmed, source } });
      },
    );

    function namesIn(shown: Shown[], office: string, signer?: string): Record<string, string> {
      const people = shown.flatMap(({ person, supervisor, times, said }) => [
        person,
        supervisor,
        signer,
        ...[...times, ...said].map(({ by }) => by),
      ]);
      const named = people.flatMap((id) => (id && personById(organisation, id)) || []);
      const own = bodyById(organisation, office);
      return Object.fromEntries([...named, ...(own ? [own] : [])].map(({ id, name }) => [id, name]));
    }

    async function said(what: Said): Promise<z.infer<typeof schemas.saidAnswer>> {
      await addSaid(register, what);
      return { at: what.at };
    }

    /** Throws 404 `UNKNOWN_DIFFERENCE`, the same for what is not there, and 403 `NOT_YOURS_TO_SAY`. */
    async function mustConcern(
      request: FastifyRequest<{ Params: { id: string }; Body: { difference: string } }>,
      role: 'person' | 'supervisor',
    ): Promise<IncidentId> {
      const person = personOf(request);
      const id = request.params.id as IncidentId;
      const found = person === null ? null : await differences.ofIncident(id, person);
      const one = found?.differences.find(({ key }) => key === request.body.difference);
      if (!one) throw problems.unknownDifference();
      if (one.answerable[role] !== person) throw problems.notYours(role);
      return id;
    }

    /** What it says may name a subject. That it was read here says nothing of differences: every signed report is read. */
    const logConclusionRead = (reader: Reader, incidentId: IncidentId) =>
      logIdentityRead(register, {
        incidentId,
        ...reader,
        route: 'GET /api/incidents/{id}/documents/{document}',
      });
  };

/** Throws 403 `PERSONS_ALONE` to an API key. Null for an account of nobody. */
function personOf({ actor }: FastifyRequest): string | null {
  if (actor?.kind !== 'account') throw problems.personsAlone();
  return actor.account.person;
}

const actOf = (
  { actor, apiKeyId }: FastifyRequest,
  incidentId: IncidentId,
  by = actor?.kind === 'account' ? actor.account.person : null,
) => ({ incidentId, at: now(), by: by ?? apiKeyId, via: apiKeyId });

const view = (
  { key, kind, report, answerable, times, limit, element, who, confirmed, source, said }: ConcernedDifference,
  reader: string,
): Shown => ({
  difference: key,
  kind,
  report,
  times,
  element,
  who,
  confirmed,
  source,
  ...answerable,
  role: answerable.person === reader ? 'person' : 'supervisor',
  limit: limit && { within: limit.iso, source: 'local' },
  said: said.map(({ at, by, kind, data, personal }) => ({
    at,
    by,
    text: personal.text ?? null,
    what: kind === 'explained' ? 'explained' : (data.word as 'lookedAt'),
  })),
});
