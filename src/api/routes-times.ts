import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { accuses } from '../documents/names.ts';
import { readTime } from '../incident/facts.ts';
import { fourTimes } from '../incident/four-times.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toMs } from '../incident/instant.ts';
import { elsewhereFacts } from '../incident/known-elsewhere.ts';
import { incidentDetail, logIdentityRead, openPersonal } from '../store/incidents.ts';
import { addFacts } from '../workflows/messages.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { accusingText } from './accountability-problems.ts';
import { readerOf } from './identity-reading.ts';
import { actIdOf } from './intake.ts';
import { onceWritten } from './once-written.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';
import { idempotencySchema, idParams, PROBLEMS } from './schemas.ts';
import { elsewhereAnswer, knownElsewhereBody, timesSchema } from './schemas-accountability.ts';

/** Occurred, discovered, reported, received, of every report and every recipient; and what another source had known. */
export const timeRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, keyring } = deps;

    app.get(
      '/api/incidents/:id/times',
      {
        schema: {
          tags: ['incidents'],
          summary:
            'The four times of every report and every recipient, each with its source. Times that were told later are sealed: a session gives its reason (x-reason), which is logged, else they are withheld',
          params: idParams,
          response: { 200: timesSchema, ...PROBLEMS },
        },
      },
      async (request) => {
        const id = request.params.id as IncidentId;
        const { timeline } = (await incidentDetail(register, id)) ?? (await onceWritten(deps, id));
        const reader = await readerOf(register, request);
        if (!reader) return { identities: 'withheld' as const, times: fourTimes(withheld(timeline)) };
        await logIdentityRead(register, {
          incidentId: id,
          ...reader,
          route: 'GET /api/incidents/{id}/times',
        });
        const personal = await openPersonal(register, id);
        const lines = timeline.map((line) => ({ ...line, personal: personal.get(line.seq) }));
        return { identities: 'shown' as const, times: fourTimes(lines) };
      },
    );

    app.post(
      '/api/incidents/:id/known-elsewhere',
      {
        schema: {
          tags: ['acts'],
          summary:
            'Record that another source had known of the event (他处知悉): who, when, and how that is known. A fact, and no judgement',
          params: idParams,
          headers: idempotencySchema,
          body: knownElsewhereBody,
          response: { 200: elsewhereAnswer, ...PROBLEMS },
        },
      },
      async ({ params, body, headers, apiKeyId }) => {
        const id = params.id as IncidentId;
        const { by, who, source } = body;
        acting.mustBeOneOfOurs(by, await acting.mustBeOpen(id));
        const at = readTime(body.at).instant!;
        if (toMs(at) > Date.now()) throw stillToCome();
        if (accuses(who) || accuses(source)) throw accusingText();
        const updateId = actIdOf(keyring, apiKeyId, headers['idempotency-key'], {
          kind: 'knownElsewhere',
          body,
        });
        const facts = elsewhereFacts({ who, at, source });
        return say(deps, id, addFacts, { by, facts }, { again: 'counts', updateId });
      },
    );
  };

type Timeline = NonNullable<Awaited<ReturnType<typeof incidentDetail>>>['timeline'];
const withheld = (timeline: Timeline) => timeline.map(({ personal: _, ...line }) => line);

const stillToCome = (): Problem =>
  new Problem({
    status: 422,
    code: 'TIME_TO_COME',
    title: '知悉时间不能晚于现在',
    detail: 'Send when the other source had it: an instant that has passed.',
  });
