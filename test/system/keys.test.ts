import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { report, type LiveIncident } from '../harness/incident.ts';
import { receiptLink } from '../harness/mail.ts';
import { startSystem, type System } from '../harness/system.ts';

/** Keys are rotated while an incident is open: its history, its record and its receipt links are of the old key. */
jest.setTimeout(240_000);

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.leave());

const keys = (...words: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'keys', ...words], {
    env: {
      PATH: process.env.PATH,
      FENGHUO_DATA: system.dataDir,
      ...(system.databaseUrl ? { DATABASE_URL: system.databaseUrl } : {}),
    },
  });

test('an incident of before goes on, is answered by its old link, closed and audited; a new one is under the new key', async () => {
  const old: LiveIncident = await report(system);
  const link = receiptLink(await old.mail({ person: 'jia-1' }));
  await old.when('its record is written', () => true);
  await system.stop();
  expect((await keys('rotate')).stdout).toContain('From the next start on k2 encrypts; k1 still reads');
  await system.restart();

  expect((await fetch(link, { method: 'POST' })).status).toBe(200);
  expect(await old.switchTo('violentAct')).toMatchObject({ status: 200, body: { entry: 2 } });
  await old.when('it is in its new branch', ({ branches }) => branches.length === 2);
  expect((await old.detail()).timeline.map(({ kind }) => kind)).toContain('acknowledged');
  await old.close();
  await old.archived();
  const fresh = await report(system);
  await fresh.when('its record is written', () => true);
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });

  const changes = await system.get<unknown[]>('/api/changes?area=keys');
  expect(changes.body).toMatchObject([
    { via: 'start', subject: 'keyring', from: { current: 'k1', ids: ['k1'] }, to: { current: 'k2' } },
    { via: 'cli', subject: 'key k2', from: null, to: { place: 'current', instead: 'k1' } },
    { via: 'start', subject: 'firstSeen' },
  ]);
  await system.stop();
  const { stdout } = await keys('list');
  expect(stdout).toMatch(/^k2 \(current\): \d+ sealed values, 3 ends/m);
  expect(stdout).toMatch(/^k1: \d+ sealed values/m);
});
