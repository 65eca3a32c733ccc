import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toInstant } from '../incident/instant.ts';
import { offices, personById } from '../people/organisation.ts';
import { dateAt } from '../people/roster.ts';
import { isOverdueOn, screeningDueOn } from '../registers/screening.ts';
import { ourPerson } from '../people/ours.ts';
import { registerLimits } from '../store/register-limits.ts';
import {
  endFinding, findingById, findingWords, lastScreenings, openFindingsOfScreenings, recordScreening, screenings, type FindingRow,
} from '../store/screenings.ts'; // prettier-ignore
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { mustBeReader } from './identity-reading.ts';
import { onRecord } from './on-record.ts';
import { officesInReach } from './reach.ts';
import * as problems from './register-problems.ts';
import { idParams, PROBLEMS } from './schemas.ts';
import {
  endBody,
  findingSchema,
  screeningBody,
  screeningsQuery,
  screeningsSchema,
} from './schemas-registers.ts';

/** Nobody enters a round years later. */
const EARLIEST = '2020-01-01';

/** 五（三） 分析排查: each office's rounds, what they found, and what is done about it. */
export const screeningRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, organisation, plan } = deps;
    const tags = ['registers'];
    const today = (): string => dateAt(toInstant(Date.now()));
    const nameOf = (id: string): string => personById(organisation, id)?.name ?? id;
    const isOurs = (request: FastifyRequest, office: string): boolean =>
      officesInReach(request, deps)?.includes(office) ?? true;
    const shown = ({ id, risk, owner, dueOn, endedAt, endedBy }: FindingRow) => ({
      id,
      risk,
      owner,
      ownerName: nameOf(owner),
      dueOn,
      endedAt,
      endedByName: endedBy && nameOf(endedBy),
      isOverdue: !endedAt && isOverdueOn(dueOn, today()),
    });
    const known = async (request: FastifyRequest, id: string) => {
      const found = await findingById(register, id);
      if (!found || !isOurs(request, found.office)) throw problems.unknownFinding();
      return found;
    };

    app.get(
      '/api/screenings',
      {
        schema: {
          tags,
          summary:
            'When each office of one’s jurisdiction screened last and is to next, and its rounds; no identities',
          querystring: screeningsQuery,
          response: { 200: screeningsSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const among = officesInReach(request, deps);
        const [limits, last, open, rounds] = await Promise.all([
          registerLimits(register),
          lastScreenings(register),
          openFindingsOfScreenings(register),
          screenings(register, among, request.query.limit),
        ]);
        const period = limits.screening?.period ?? null;
        const since = limits.screening ? dateAt(limits.screening.setAt) : today();
        const known = new Map(offices(organisation).map(({ id, name }) => [id, name]));
        return {
          period,
          offices: [...known]
            .filter(([id]) => isOurs(request, id))
            .map(([id, name]) => {
              const dueOn = screeningDueOn(last.get(id) ?? null, period, since);
              const own = open.filter(({ office }) => office === id);
              const overdue = own.filter((one) => isOverdueOn(one.dueOn, today()));
              return {
                id,
                name,
                last: last.get(id) ?? null,
                dueOn,
                isOverdue: isOverdueOn(dueOn, today()),
                openFindings: own.length,
                overdueFindings: overdue.length,
              };
            }),
          rounds: rounds.map(({ id, office, heldOn, participants, recordedBy, findings }) => ({
            id,
            office,
            officeName: known.get(office) ?? office,
            heldOn,
            participants: participants.map(nameOf),
            recordedByName: nameOf(recordedBy),
            findings: findings.map(shown),
          })),
        };
      },
    );

    app.post(
      '/api/screenings',
      {
        schema: {
          tags,
          summary: 'Record a round of an office: who took part, what was found, who follows it up until when',
          body: screeningBody,
          response: { 201: z.object({ id: z.uuid() }), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { by, office, heldOn, participants, findings } = request.body;
        if (!offices(organisation).some(({ id }) => id === office)) throw problems.unknownOffice();
        if (!isOurs(request, office)) throw problems.bodyOutOfReach();
        acting.mustBeOneOfOurs(by, { office });
        const named = [...participants, ...findings.map(({ owner }) => owner)];
        const strangers = named.filter((one) => !ourPerson(organisation, plan, one));
        if (strangers.length > 0) throw problems.unknownPeople([...new Set(strangers)]);
        if (heldOn > today() || heldOn < EARLIEST) throw problems.dateUnusable(EARLIEST, today());
        if (findings.some(({ dueOn }) => dueOn < heldOn)) throw problems.dueBefore();
        const round = { office, heldOn, participants: [...new Set(participants)], recordedBy: by };
        return reply.code(201).send({ id: await recordScreening(register, round, findings) });
      },
    );

    app.get(
      '/api/screenings/findings/:id',
      {
        schema: {
          tags,
          summary: 'What a finding says of its subject, for a logged reason (x-reason)',
          params: idParams,
          response: { 200: findingSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { reason } = await mustBeReader(register, request);
        const found = await known(request, id);
        await onRecord(register, request, {
          area: 'reads',
          subject: `screening finding ${id}`,
          from: null,
          to: { office: found.office },
          ...(reason ? { personal: { 'to.reason': reason } } : {}),
        });
        const words = await findingWords(register, id);
        if (!words) throw problems.unknownFinding();
        const { file, situation, measure, ended } = words;
        return { ...shown(found), office: found.office, file, situation, measure, result: ended };
      },
    );

    app.post(
      '/api/screenings/findings/:id/end',
      {
        schema: {
          tags,
          summary: 'End a finding’s follow-up with what came of it',
          params: idParams,
          body: endBody,
          response: { 204: z.null(), ...PROBLEMS },
        },
      },
      async (request, reply) => {
        const { by, result } = request.body;
        const found = await known(request, request.params.id);
        acting.mustBeOneOfOurs(by, { office: found.office });
        const at = toInstant(Date.now());
        if (!(await endFinding(register, found.id, { by, at, result }))) throw problems.findingEnded();
        return reply.code(204).send(null);
      },
    );
  };
