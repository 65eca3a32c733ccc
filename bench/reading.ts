import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { buildApp } from '../src/api/app.ts';
import { admitApiKey, newApiKey } from '../src/api/auth.ts';
import { generateKey, parseKeyring } from '../src/crypto/keyring.ts';
import { loadOrganisation } from '../src/people/organisation.ts';
import { loadPlan } from '../src/plan/load.ts';
import { openRegister, rowsOf } from '../src/store/open.ts';
import { percentile } from './statistics.ts';
import { seedIncidents } from './seed-incidents.ts';

/*
 * How long the console waits for the board and for one incident, with many incidents open in PostgreSQL: real HTTP, one reader after
 * the other. `--database` is an empty database, or one that an earlier run has filled.
 */
const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    incidents: { type: 'string', default: '10000' },
    requests: { type: 'string', default: '300' },
  },
});
if (!values.database) throw new Error('give an empty PostgreSQL database: --database postgres://…');

const keyring = parseKeyring(generateKey());
const register = await openRegister({ databaseUrl: values.database, keyring });
const plan = loadPlan('plans/wushen-2025.yaml');
await seedIncidents(register, Number(values.incidents), plan.pin);
const connection = Connection.lazy({ address: '127.0.0.1:1' });
const app = await buildApp({
  register,
  keyring,
  plan,
  client: new Client({ connection }),
  organisation: loadOrganisation('plans/organisation.sample.yaml'),

  checkMail: async () => undefined,
  refreshRosters: async () => undefined,
  refreshPlan: async () => undefined,
  log: pino({ level: 'silent' }),
});
const key = newApiKey();
await admitApiKey(register, key, 'bench');
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;

async function get(path: string): Promise<{ ms: number; body: unknown }> {
  const began = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`);
  return { ms: performance.now() - began, body };
}

async function measure(name: string, path: (nr: number) => string): Promise<void> {
  const requests = Number(values.requests);
  for (let nr = 0; nr < 10; nr += 1) await get(path(nr));
  const times: number[] = [];
  for (let nr = 0; nr < requests; nr += 1) times.push((await get(path(nr))).ms);
  const [p50, p95, max] = [0.5, 0.95, 1].map((q) => percentile(times, q).toFixed(0));
  console.log(`${name.padEnd(34)} n ${requests}  p50 ${p50} ms  p95 ${p95} ms  max ${max} ms`);
}

const ids = await rowsOf<{ id: string }>(register.db, sql`select id from incident order by id limit 1000`);
const { next } = (await get('/api/board')).body as { next: string };
await measure('GET /api/board', () => '/api/board');
await measure('GET /api/board, next page', () => `/api/board?cursor=${next}`);
await measure('GET /api/board, one office', () => '/api/board?office=jia&overdue=true');
await measure('GET /api/incidents/{id}', (nr) => `/api/incidents/${ids[nr % ids.length]!.id}`);
await app.close();
await connection.close();
await register.close();
