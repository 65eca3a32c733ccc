import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accuses } from '../documents/names.ts';
import { REPORT_ELEMENTS } from '../incident/entry.ts';
import { readTime, subjectFact } from '../incident/facts.ts';
import type { IncidentId } from '../incident/ids.ts';
import { incidentById, type IncidentRow } from '../store/incidents.ts';
import { addFacts, recordReport } from '../workflows/messages.ts';
import { accusingText } from './accountability-problems.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { actIdOf, given } from './intake.ts';
import { Problem } from './problem.ts';
import { reportExtras } from './report-extras.ts';
import { refusalProblem } from './incident-problems.ts';
import { say } from './say.ts';
import { idempotencySchema, idParams, PROBLEMS } from './schemas.ts';
import { factsBody, reportBody, type FactsBody } from './schemas-acts.ts';

/** How long a subject is waited for that the record does not have. */
const WRITING_PATIENCE_MS = 1_000;

/** What is learnt after the alarm, and reports up the line. */
export const factRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { keyring, register } = deps;
    const tags = ['acts'];

    /** One added a moment ago may not be written yet: it is waited for. Without a record nothing can be checked. */
    async function mustHaveSubjects(id: IncidentId, incident: IncidentRow | null, subjects: number[]) {
      const deadline = Date.now() + WRITING_PATIENCE_MS;
      for (let known = incident; known; known = await incidentById(register, id)) {
        const { subjects: count } = known;
        const unknown = subjects.filter((nr) => nr > count);
        if (unknown.length === 0) return;
        if (Date.now() > deadline) throw refusalProblem('UnknownSubject', unknown);
        await sleep(100);
      }
    }

    app.post(
      '/api/incidents/:id/facts',
      {
        schema: {
          tags,
          summary:
            'Tell facts that were not known, or correct them: what was told before stays in the timeline',
          params: idParams,
          body: factsBody,
          response: {
            200: z.object({ at: z.string(), facts: z.array(z.string()).describe('By name') }),
            ...PROBLEMS,
          },
        },
      },
      async ({ params, body }) => {
        const id = params.id as IncidentId;
        const incident = await acting.mustBeOpen(id);
        acting.mustBeOneOfOurs(body.by, incident);
        await mustHaveSubjects(
          id,
          incident,
          body.subjects.map(({ subject }) => subject),
        );
        const facts = factsIn(body);
        const names = Object.keys(facts);
        if (names.length === 0) throw nothingTold();
        const { at } = await say(deps, id, addFacts, { by: body.by, facts });
        return { at, facts: names };
      },
    );

    app.post(
      '/api/incidents/:id/reports',
      {
        schema: {
          tags,
          summary:
            'Record a report up the line (续报, 终报, 补报) by its six elements (四（三）): each has a value or is 正在核实; a final report needs all',
          params: idParams,
          headers: idempotencySchema,
          body: reportBody,
          response: {
            200: z.object({ report: z.number().int().describe('Its number, from 1'), at: z.string() }),
            ...PROBLEMS,
          },
        },
      },
      async ({ params, body, headers, apiKeyId }) => {
        const id = params.id as IncidentId;
        const { by, kind, elements, text } = body;
        acting.mustBeOneOfOurs(by, await acting.mustBeOpen(id));
        if ([text, ...Object.values(elements)].some((said) => said && accuses(said))) throw accusingText();
        const told = Object.fromEntries(REPORT_ELEMENTS.map((name) => [name, elements[name] || null]));
        const verifying = REPORT_ELEMENTS.filter((name) => told[name] === null);
        if (kind === 'finalReport' && verifying.length > 0) throw elementsMissing(verifying);
        const more = await reportExtras(register, id, body);
        return say(
          deps,
          id,
          recordReport,
          { by, kind, elements: told, text: text || null, ...more },
          {
            again: 'counts',
            updateId: actIdOf(keyring, apiKeyId, headers['idempotency-key'], {
              kind: 'reports',
              body: { by, kind, elements, text, ...more },
            }),
          },
        );
      },
    );
  };

/** Facts by the name under which they stand in the timeline. */
function factsIn({ facts, subjects }: FactsBody): Record<string, string> {
  const { occurredAt, discoveredAt } = facts;
  const ofSubjects = subjects.flatMap(({ subject, ...told }) =>
    Object.entries(told).map(([name, value]) => [subjectFact(subject, name), value] as const),
  );
  return given({
    ...facts,
    occurredAt: readTime(occurredAt).instant,
    discoveredAt: readTime(discoveredAt).instant,
    ...Object.fromEntries(ofSubjects),
  });
}

const nothingTold = (): Problem =>
  new Problem({
    status: 422,
    code: 'NOTHING_TOLD',
    title: '没有填写任何情况',
    detail: 'Send at least one fact with a value: a fact once told is superseded, never taken back.',
  });

const elementsMissing = (elements: string[]): Problem =>
  new Problem({
    status: 422,
    code: 'ELEMENTS_MISSING',
    title: '终报须填写全部要素',
    detail: 'Fill in these elements, or send it as a follow-up report.',
    more: { elements },
  });
