import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { MIGRATION_LOCK } from '../../src/store/migrate.ts';
import type { IncidentDetailBody } from '../../src/api/schemas-detail.ts';
import { foldersOf } from '../../deploy/native/place.ts';
import { startTopology, type Topology } from '../../deploy/native/start-topology.ts';
import { createHttp, type Http } from '../harness/http.ts';
import { REPORT, type Accepted } from '../harness/incident.ts';
import { needGround } from '../harness/ground.ts';
import { until } from '../harness/until.ts';

/** `npm run topology` as a whole, from an empty folder: PostgreSQL, Temporal, everything of ours, the proxy and the mail sink. */
jest.setTimeout(600_000);

let data: string;
let topology: Topology;
let people: Http;
const said: string[] = [];
const start = async (): Promise<void> => {
  topology = await startTopology({ data, log: (line) => void said.push(line) });
  people = createHttp(topology.publicUrl, topology.apiKey);
};
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'fenghuo-topology-test-'));
  // The one certificate that this process trusts.
  const [from, to] = [foldersOf(needGround().data).secrets, foldersOf(data).secrets];
  await mkdir(to, { mode: 0o700 });
  for (const name of ['tls_certificate', 'tls_key']) await copyFile(join(from, name), join(to, name));
  await start();
});
afterAll(async () => {
  await topology?.stop();
  await rm(data, { recursive: true, force: true });
});

const mailsTo = async (): Promise<string[]> => {
  const answer = await fetch(`${topology.mailboxUrl}/messages.json`);
  return ((await answer.json()) as { to: string | string[] }[]).map(({ to }) => String(to));
};
const detailOf = (id: string) => people.get<IncidentDetailBody>(`/api/incidents/${id}`);

test('the first account is made once, over the same job as the tables', async () => {
  expect(await topology.fenghuo(['migrate', '--administrator'])).toMatch(/^First administrator: admin, /m);
  expect(await topology.fenghuo(['migrate', '--administrator'])).toContain('There are accounts already');
});

test('a process that comes while the tables are being brought up to date says so, and waits', async () => {
  const databaseUrl = new URL(topology.postgresUrl);
  databaseUrl.pathname = '/fenghuo';
  const other = new pg.Client({ connectionString: databaseUrl.href });
  await other.connect();
  try {
    await other.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const migrating = topology.fenghuo(['migrate']);
    const waiting = "select from pg_locks where locktype = 'advisory' and not granted";
    await until('it waits', async () => (await other.query(waiting)).rowCount === 1);
    await other.query('select pg_advisory_unlock_all()');
    expect(await migrating).toMatch(/^Another process is bringing .* up to date: waiting for it$/m);
  } finally {
    await other.end();
  }
});

let id: string;
test('an incident is reported through the proxy, told by mail, and in the register', async () => {
  const accepted = await people.post<Accepted>('/api/incidents', REPORT);
  expect(accepted.status).toBe(201);
  id = accepted.body.id;
  await until('somebody is told', async () => (await mailsTo()).length > 0);
  await until('it is in the register', async () => (await detailOf(id)).status === 200);
  const page = await fetch(new URL('/console/', topology.publicUrl));
  expect([page.status, page.headers.get('strict-transport-security')]).toEqual([200, expect.any(String)]);
});

test('a worker that dies is started again', async () => {
  const { pid, kill, ended } = topology.service('worker-1');
  const before = pid();
  const end = ended();
  kill('SIGKILL');
  await end;
  await until('another runs', async () => pid() !== before);
  expect(said).toContain('worker-1 ended (SIGKILL): starting it again');
});

test('stopped and started again, it is the same system: its address, its incident, and what was due goes on', async () => {
  const before = (await detailOf(id)).body.timeline.length;
  const { publicUrl } = topology;
  await topology.stop();
  await start();
  expect(topology.publicUrl).toBe(publicUrl);
  await until('the incident goes on', async () => {
    const { status, body } = await detailOf(id);
    return status === 200 && body.timeline.length > before;
  });
  expect((await people.post('/api/audit')).body).toMatchObject({ problems: [] });
});
