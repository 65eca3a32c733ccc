import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { report, type LiveIncident } from '../harness/incident.ts';
import { SHORT_PLAN, startSystem, type System } from '../harness/system.ts';

/** A plan edition is withdrawn while an incident runs on it: the incident keeps it to its end, new ones start on the next. */
jest.setTimeout(240_000);

let folder: string;
let plan: string;
let system: System;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-edition-'));
  plan = join(folder, 'plan.yaml');
  await writeFile(plan, await readFile(SHORT_PLAN));
  system = await startSystem({ plan });
});
afterAll(async () => {
  await system?.leave();
  await rm(folder, { recursive: true, force: true });
});

const CHANGED = '请前往现场（新版）';

const dutiesOf = async (incident: LiveIncident): Promise<string[]> =>
  (await incident.detail()).timeline
    .filter(({ kind }) => kind === 'stageOpened')
    .map(({ data }) => String(data.duty));

test('an incident ends on the edition it began on, also through branches it enters after that is gone', async () => {
  const old = await report(system);
  const { plan: pin } = await old.when('its record is written', () => true);
  const text = await readFile(plan, 'utf8');
  const departure = /departure:[\s\S]*?duty: (.*)/.exec(text)![1]!;
  await writeFile(
    plan,
    text.replace('edition: 2026-01-01', 'edition: 2026-06-01').replace(departure, CHANGED),
  );
  await system.stop();
  await system.restart();

  expect(await old.switchTo('violentAct')).toMatchObject({ status: 200, body: { entry: 2 } });
  await old.when('it is in its new branch', ({ branches }) => branches.length === 2);
  expect((await old.detail()).plan).toEqual(pin);
  expect(await dutiesOf(old)).toContain(departure);
  expect(await dutiesOf(old)).not.toContain(CHANGED);

  const fresh = await report(system, { eventType: 'actInProgress' });
  const detail = await fresh.when('its record is written', () => true);
  expect(detail.plan).toMatchObject({ key: pin.key, edition: '2026-06-01' });
  expect(await dutiesOf(fresh)).toContain(CHANGED);

  await old.close();
  await fresh.close();
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
});
