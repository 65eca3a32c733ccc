import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Answer } from '../harness/http.ts';
import { entriesOf, incidentOf, REPORT, type Accepted } from '../harness/incident.ts';
import { startSystem, type System } from '../harness/system.ts';
import { loneTemporal, type LoneTemporal } from '../harness/temporal.ts';
import { within } from '../../src/within.ts';
import { until } from '../harness/until.ts';

/** A Temporal that nobody starts again is away or hangs: an alarm is refused at once with advice, or it is taken. Never both. */
jest.setTimeout(240_000);

let folder: string;
let temporal: LoneTemporal;
let system: System;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-temporal-'));
  temporal = await loneTemporal(folder);
  await temporal.start();
  system = await startSystem({ settings: { TEMPORAL_ADDRESS: temporal.address } });
});
afterAll(async () => {
  await system?.leave();
  await temporal?.kill9();
  await rm(folder, { recursive: true, force: true });
});

const send = (key: string): Promise<Answer<Accepted>> =>
  system.post('/api/incidents', REPORT, { 'idempotency-key': key });

/** Refused, saying what to do, and long before whoever reports gives up; the API's own patience is 2.5 s (src/api/routes-intake.ts). */
async function expectUnavailable(key: string): Promise<void> {
  const { status, headers, body } = await within(30_000, send(key));
  expect([status, body]).toMatchObject([503, { code: 'TEMPORAL_UNAVAILABLE' }]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

/** Accepted under the same key, once, and its parties told. */
async function expectTaken(key: string, statuses: number[]): Promise<void> {
  const answer = await until('the report is accepted', async () => {
    const answer = await send(key);
    return statuses.includes(answer.status) && answer;
  });
  const incident = incidentOf(system, answer.body.id);
  await incident.mail({ person: 'jia-1', rung: 0 });
  const detail = await incident.when('it stands in the register', () => true);
  expect(entriesOf(detail, 'incidentReported')).toHaveLength(1);
  const { body: all } = await system.get<{ id: string }[]>('/api/incidents?limit=200');
  expect(all.filter(({ id }) => id === answer.body.id)).toHaveLength(1);
}

test('Temporal is killed: 503 with advice; once it is back the same key is accepted', async () => {
  await temporal.kill9();
  await expectUnavailable('killed');
  expect((await system.get('/healthz')).status).toBe(200);
  expect((await system.get<{ temporal: string }>('/readyz')).body.temporal).toBe('down');
  await temporal.start();
  await expectTaken('killed', [201]);
});

test('Temporal hangs: 503 all the same; a report it may have taken after all is one incident', async () => {
  temporal.signal('SIGSTOP');
  await expectUnavailable('hanging');
  temporal.signal('SIGCONT');
  await expectTaken('hanging', [200, 201]);
});

test('Temporal hangs: acts and histories say so, and what is on record can be read', async () => {
  const { body } = await send('reading');
  const incident = incidentOf(system, body.id);
  await incident.mail({ person: 'jia-1' });
  await incident.when('it stands in the register', () => true);
  temporal.signal('SIGSTOP');
  expect(await incident.switchTo('violentAct')).toMatchObject({
    status: 503,
    body: { code: 'TEMPORAL_UNAVAILABLE' },
  });
  expect(await system.get(`/api/incidents/${body.id}/history`)).toMatchObject({
    status: 503,
    body: { code: 'TEMPORAL_UNAVAILABLE' },
  });
  expect(await incident.detail()).toMatchObject({ subjects: REPORT.subjects });
  temporal.signal('SIGCONT');
  // The switch may have been taken: said again it is done, or done already.
  const again = await until('the incident answers', async () => {
    const answer = await incident.switchTo('violentAct');
    return answer.status !== 503 && answer;
  });
  expect([200, 409]).toContain(again.status);
  await incident.mail({ person: 'police-jia-1' });
});

test('Temporal is away at the start: the API answers for itself, and goes to work by itself once it is there', async () => {
  await system.stop();
  await temporal.kill9();
  const running = system.restart();
  await until('the API listens', () =>
    system.get('/healthz').then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
  await expectUnavailable('at-the-start');
  await temporal.start();
  await running;
  await expectTaken('at-the-start', [201]);
});
