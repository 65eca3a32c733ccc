import { parseArgs } from 'node:util';
import type { z } from 'zod';
import type { changesSchema, verifiedSchema } from '../api/schemas-changes.ts';
import { readConfig, type Config } from '../config.ts';
import { CHANGE_AREAS, type ChangeArea, type Json } from '../store/change-entry.ts';
import { listChanges } from '../store/changes.ts';
import { verifyChanges } from '../store/changes-verify.ts';
import type { Anchor } from '../incident/ids.ts';
import { onRegister } from './offline.ts';
import { ask, serverOf, type Request } from './server.ts';

type Lines = z.infer<typeof changesSchema>;
type Verified = z.infer<typeof verifiedSchema>;

/** `fenghuo changes list`: newest first. Gives 0; throws when it cannot be read. */
export async function changesList(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      area: { type: 'string' },
      limit: { type: 'string', default: '50' },
      before: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [area, limit, before] = [areaOf(values.area), numberOf(values.limit), numberOf(values.before)];
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ area, limit, before }))
    if (value !== undefined) query.set(name, String(value));
  const lines = await fromServerOr<Lines>({ method: 'GET', path: `/api/changes?${query}` }, (config) =>
    onRegister(config, (register) => listChanges(register, { area, before, limit: limit ?? 50 })),
  );
  console.log(values.json ? JSON.stringify(lines, null, 2) : lines.flatMap(textOf).join('\n'));
  return 0;
}

/** `fenghuo changes verify`. Gives 0 when all holds, 1 when something is broken; throws when it cannot be verified. */
export async function changesVerify(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { known: { type: 'string' } } });
  const known = knownOf(values.known);
  const { entries, erased, end, problems } = await fromServerOr<Verified>(
    { method: 'POST', path: '/api/changes/verify', body: known ? { known } : {} },
    (config) => onRegister(config, (register) => verifyChanges(register, known)),
  );
  for (const { seq, code, text } of problems) console.log(`entry ${seq}: ${code}: ${text}`);
  console.log(`${entries} changes, ${erased} personal values erased, ${problems.length} problems`);
  console.log(`end ${end.seq}:${end.hash}`);
  return problems.length > 0 ? 1 : 0;
}

/** The running server's answer; without one, the register's own. */
async function fromServerOr<T>(request: Request, offline: (config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const server = await serverOf(config);
  const answer = server && (await ask(server, request).catch(() => null));
  if (!server || !answer) return offline(config);
  if (answer.ok) return (await answer.json()) as T;
  throw new Error(
    `${server.address} answered ${answer.status}: is it this data folder's server? Set PORT and FENGHUO_API_KEY.`,
  );
}

function areaOf(text: string | undefined): ChangeArea | undefined {
  if (text === undefined) return undefined;
  const area = CHANGE_AREAS.find((known) => known === text);
  if (!area) throw new Error(`--area takes one of ${CHANGE_AREAS.join(', ')}`);
  return area;
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error('--limit and --before take a number from 1');
  return Number(text);
}

function knownOf(text: string | undefined): Anchor | undefined {
  if (text === undefined) return undefined;
  const match = /^([1-9]\d{0,8}):([0-9a-f]{64})$/.exec(text);
  if (!match) throw new Error('--known takes an end as verify prints it: SEQ:HASH');
  return { seq: Number(match[1]), hash: match[2]! };
}

/** Shown in China's time, as everywhere. */
const TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

function textOf({ seq, at, by, via, area, subject, from, to, personal }: Lines[number]): string[] {
  const hidden = [...new Set(personal.map((name) => name.replace(/^(from|to)\./, '')))];
  return [
    `${seq}  ${TIME.format(new Date(at))}  ${area}  ${subject}`,
    `    by ${by}, via ${via}`,
    `    ${inWords(from as Json)} → ${inWords(to as Json)}${hidden.length > 0 ? `; sealed: ${hidden.join(', ')}` : ''}`,
  ];
}

const inWords = (value: Json): string => (value === null ? 'none' : JSON.stringify(value));
