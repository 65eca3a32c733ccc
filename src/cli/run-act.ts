import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { bodyOf, keyOf, readWords, type Act, type Given } from './act.ts';
import { idOf } from './incident-id.ts';
import { Refused, refusalLines, type ProblemBody } from './refused.ts';
import { serverHere } from './server-here.ts';
import { ask, type Request, type Server } from './server.ts';

/** Says an act to the running server and tells what it answered. Gives the exit status; throws when called wrongly. */
export async function runAct(act: Act, rest: string[]): Promise<number> {
  const typed = readWords(act, rest);
  const body = bodyOf(act, typed, await bodyFile(typed.text('body')));
  const json = typed.isOn('json');
  try {
    const server = await serverHere();
    const given: Given = { ...typed, body, words: await withIds(server, act, typed.words) };
    const idempotencyKey = keyOf(act, typed);
    const answer = await answerOf(server, {
      ...act.request(given),
      ...(idempotencyKey ? { idempotencyKey } : {}),
    });
    console.log(json ? JSON.stringify(answer, null, 2) : act.tells(answer, given).join('\n'));
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (json) console.log(JSON.stringify(error.problem, null, 2));
    else console.error(refusalLines(error.problem).join('\n'));
    return 1;
  }
}

async function bodyFile(file: string | undefined): Promise<Record<string, unknown>> {
  if (file === undefined) return {};
  const source = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  const body: unknown = parsed(source);
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new Error(`--body ${file}: expected a JSON object`);
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return null; // its own message would show what stands there
  }
}

/** What was typed, with the ids of the incidents that were called by number. */
async function withIds(server: Server, { takes }: Act, words: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, word] of words.entries()) {
    const isIncident = ['INCIDENT', 'INTO'].includes(takes[index] ?? '');
    ids.push(isIncident ? await idOf(word, (request) => answerOf(server, request)) : word);
  }
  return ids;
}

/** How long an answer is waited for; the API itself gives up sooner. */
const PATIENCE_MS = 30_000;

/** The server's answer. Throws {@link Refused} when it is an error, or when there is none. */
async function answerOf(server: Server, request: Request): Promise<unknown> {
  const again = request.idempotencyKey
    ? ` Sent again with --key ${request.idempotencyKey} it does not count twice.`
    : '';
  let answer: Response;
  let body: unknown;
  try {
    answer = await ask(server, request, AbortSignal.timeout(PATIENCE_MS));
    body = await answer.json();
  } catch {
    throw new Refused({
      code: 'NO_SERVER',
      title: `no usable answer from ${server.address}`,
      detail: `Start it with npm start, or set HOST and PORT to where it runs.${again}`,
    });
  }
  if (answer.ok) return body;
  const problem = body as ProblemBody;
  const detail = answer.status >= 500 ? `${problem.detail ?? ''}${again}`.trim() : problem.detail;
  throw new Refused({ ...problem, ...(detail ? { detail } : {}) });
}
