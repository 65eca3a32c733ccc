import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { knownFacts } from '../incident/facts.ts';
import type { IncidentId } from '../incident/ids.ts';
import { logIdentityRead, openPersonal } from '../store/incidents.ts';
import { within } from '../within.ts';
import { addSubjects, changeSubjects } from '../workflows/messages.ts';
import type { Acting } from './acting.ts';
import type { ApiDeps } from './deps.ts';
import { usedBy, type Reader } from './identity-reading.ts';
import { actIdOf } from './intake.ts';
import { say } from './say.ts';
import { idempotencySchema, idParams, PROBLEMS } from './schemas.ts';
import { subjectsBody, subjectStatesBody } from './schemas-acts.ts';

/** How long a hint may take: an act does not wait for it. */
const HINT_PATIENCE_MS = 2_000;

/** An incident's subjects: none, one or hundreds. */
export const subjectRoutes =
  (deps: ApiDeps, acting: Acting): FastifyPluginAsyncZod =>
  async (app) => {
    const { keyring, register } = deps;
    const tags = ['acts'];

    /** The names on record by subject; what cannot be read now is left out. The reading is logged. */
    async function namesOnRecord(id: IncidentId, reader: Reader): Promise<Map<number, string>> {
      const read = async () => {
        await logIdentityRead(register, {
          incidentId: id,
          ...reader,
          route: 'POST /api/incidents/{id}/subjects',
        });
        return namesIn(await openPersonal(register, id));
      };
      return within(HINT_PATIENCE_MS, read()).catch(() => new Map<number, string>());
    }

    app.post(
      '/api/incidents/:id/subjects',
      {
        schema: {
          tags,
          summary: 'Add subjects: each gets a number, and is neither safe nor missing until somebody says so',
          params: idParams,
          headers: idempotencySchema,
          body: subjectsBody,
          response: {
            200: z.object({
              subjects: z.array(z.number().int()).describe('The numbers they were given, in order'),
              sameName: z
                .array(z.array(z.number().int()))
                .describe('A hint: subjects that go by one name, new and old. All of them are kept'),
            }),
            ...PROBLEMS,
          },
        },
      },
      async (request) => {
        const { params, body, headers, apiKeyId } = request;
        const id = params.id as IncidentId;
        acting.mustBeOneOfOurs(body.by, await acting.mustBeOpen(id));
        const names = await namesOnRecord(id, usedBy(request, '核对同名'));
        const added = body.subjects.map(({ name, file, phone }) => ({
          name: name || null,
          file: file || null,
          phone: phone || null,
        }));
        const { subjects } = await say(
          deps,
          id,
          addSubjects,
          { by: body.by, subjects: added },
          {
            again: 'counts',
            updateId: actIdOf(keyring, apiKeyId, headers['idempotency-key'], { kind: 'subjects', body }),
          },
        );
        for (const [index, nr] of subjects.entries()) {
          const { name } = added[index]!;
          if (name) names.set(nr, name);
        }
        return { subjects, sameName: sameNames(names, subjects) };
      },
    );

    app.post(
      '/api/incidents/:id/subjects/states',
      {
        schema: {
          tags,
          summary:
            'Say how subjects are and how it ended for them: many at once, as a roster is worked through',
          params: idParams,
          body: subjectStatesBody,
          response: { 200: z.object({ at: z.string() }), ...PROBLEMS },
        },
      },
      async ({ params, body: { by, changes } }) => {
        const id = params.id as IncidentId;
        acting.mustBeOneOfOurs(by, await acting.mustBeOpen(id));
        return say(deps, id, changeSubjects, {
          by,
          changes: changes.map(({ subject, safety, outcome, note }) => ({
            subject,
            safety: safety ?? null,
            outcome: outcome ?? null,
            note: note || null,
          })),
        });
      },
    );
  };

function namesIn(personal: Map<number, Record<string, string | null>>): Map<number, string> {
  const names = new Map<number, string>();
  for (const [fact, { value }] of knownFacts(personal)) {
    const nr = Number(/^subject\.(\d+)\.name$/.exec(fact)?.[1]);
    if (nr && value) names.set(nr, value);
  }
  return names;
}

/** Groups of subjects with one name, each with one of `among` in it. */
function sameNames(names: Map<number, string>, among: number[]): number[][] {
  const byName = new Map<string, number[]>();
  for (const [nr, name] of names) byName.set(name, [...(byName.get(name) ?? []), nr]);
  const groups = [...byName.values()].filter(
    (group) => group.length > 1 && group.some((nr) => among.includes(nr)),
  );
  return groups.map((group) => group.sort((a, b) => a - b));
}
