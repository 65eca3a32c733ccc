import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { report, type LiveIncident } from '../harness/incident.ts';
import { startSystem, LONG_PLAN, type System } from '../harness/system.ts';

/** Two people put other limits in force while an incident is under way: it keeps its own, the next one has them, also after a kill. */
jest.setTimeout(240_000);

let system: System;
beforeAll(async () => {
  system = await startSystem({ plan: LONG_PLAN });
});
afterAll(() => system?.leave());

const LIMIT = 'branches.riskSigns.stages.counselling.within';

const limitOf = async (incident: LiveIncident): Promise<unknown> => {
  const opened = await incident.when('counselling is open', ({ timeline }) =>
    timeline.some(({ kind, data }) => kind === 'stageOpened' && data.stage === 'counselling'),
  );
  return opened.timeline.find(({ data }) => data.stage === 'counselling')!.data.within;
};

test('proposed by one, approved by another: new incidents run on it without a restart, and after one', async () => {
  const old = await report(system);
  expect(await limitOf(old)).toBe('PT2H');
  const { body: before } = await system.get<{ inForce: { hash: string } }>('/api/plans');
  const { status, body } = await system.post<{ nr: number; hash: string }>('/api/plans/proposals', {
    by: 'leading-2',
    reason: '测试理由',
    upon: before.inForce.hash,
    limits: [{ path: LIMIT, value: 'PT90M' }],
  });
  expect(status).toBe(201);
  const decision = await system.post(`/api/plans/proposals/${body.nr}/decision`, {
    by: 'leading-1',
    reason: '测试理由',
  });
  expect(decision).toMatchObject({ status: 200, body: { inForce: { hash: body.hash } } });

  expect(await limitOf(await report(system))).toBe('PT90M');
  // What was under way acts by its own edition still, also into another branch.
  expect(await old.switchTo('violentAct')).toMatchObject({ status: 200, body: { entry: 2 } });
  expect((await old.detail()).plan).toMatchObject({ hash: before.inForce.hash });

  await system.kill9();
  await system.restart();
  expect(await limitOf(await report(system))).toBe('PT90M');
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
});
