import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { layGround, startDrill, type DrillGround } from '../harness/drill.ts';

/** Case 6 of the worked cases: a sign becomes an act. On the Wushen plan with the sample bureau's limits. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

test('四（二）opens both reports and the work on the person at one instant', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  const { branches } = await drill.written();
  const stages = branches[0]!.stages;
  expect(stages.map(({ stage }) => stage)).toEqual([
    'closeMonitoring',
    'conflictResolution',
    'counselling',
    'learnFacts',
    'reportLeadingGroup',
    'reportTownship',
  ]);
  expect(new Set(stages.map(({ openedAt }) => openedAt)).size).toBe(1);
}, 240_000);

test('it turns into 四（三）without waiting for any step to end: all duties at one instant, the old clocks stop', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.pass(5);
  await drill.switchTo('violentAct');
  await drill.pass(1);
  const [signs, act] = (await drill.written()).branches;
  expect(new Set(signs!.stages.map(({ outcome }) => outcome))).toEqual(new Set(['superseded']));
  expect(act!.stages.map(({ stage }) => stage)).toEqual([
    'cooperation',
    'departure',
    'policeCall',
    'reportLeadingGroup',
    'reportTownship',
  ]);
  expect(new Set(act!.stages.map(({ openedAt }) => openedAt)).size).toBe(1);
  const before = (await drill.told()).filter((line) => line.startsWith('1.'));
  await drill.pass(180);
  expect((await drill.told()).filter((line) => line.startsWith('1.'))).toEqual(before);
}, 240_000);

test('the second report opens when both first reports are made, the control of the scene on arrival', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.record('reportTownship', 'reported');
  expect((await drill.position()).openStages).not.toContain('1.elementsReport');
  await drill.record('reportLeadingGroup', 'reported');
  await drill.record('departure', 'departed');
  await drill.record('scene', 'arrived');
  expect((await drill.open()).sort()).toEqual(
    ['control', 'cooperation', 'elementsReport', 'initialResponse', 'policeCall'].sort(),
  );
}, 240_000);
