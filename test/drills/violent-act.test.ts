import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** 四（三）, on the Wushen plan with the sample bureau's limits. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

const ownOf = async (drill: Drill): Promise<string[]> =>
  (await drill.open()).filter((stage) => stage !== 'initialResponse');

test('police call, both reports, the way to the scene and cooperation open at one instant', async () => {
  const drill = await startDrill(ground, 'violentAct');
  expect((await ownOf(drill)).sort()).toEqual(
    ['cooperation', 'departure', 'policeCall', 'reportLeadingGroup', 'reportTownship'].sort(),
  );
  const { branches } = await drill.written();
  const own = branches.find(({ entry }) => entry === 1)!.stages;
  expect(new Set(own.map(({ openedAt }) => openedAt)).size).toBe(1);
}, 240_000);

test('departed, arrived, then control; the six elements follow both reports, and follow-ups them', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.record('departure', 'departed');
  expect(await drill.open()).toContain('scene');
  await drill.record('scene', 'arrived');
  expect(await drill.open()).toContain('control');
  await drill.record('reportTownship', 'reported');
  expect(await drill.open()).not.toContain('elementsReport');
  await drill.record('reportLeadingGroup', 'reported');
  expect(await drill.open()).toContain('elementsReport');
  await drill.record('elementsReport', 'reported');
  await drill.record('followUp', 'followedUp');
  expect(await drill.open()).toContain('followUp');
}, 240_000);

test('a follow-up that does not come is asked for, at the limit and up the chain', async () => {
  const drill = await startDrill(ground, 'violentAct');
  for (const stage of ['reportTownship', 'reportLeadingGroup']) await drill.record(stage, 'reported');
  await drill.record('elementsReport', 'reported');
  await drill.record('followUp', 'followedUp');
  const told = await drill.toldDuring(() => drill.pass(2 * 60 + 15));
  expect(told.filter((line) => line.includes('followUp') && line.includes(':overdue'))).toEqual(
    expect.arrayContaining([
      '1.followUp judicialOffice:overdue1 → judicialOffice 0.0',
      expect.stringMatching(/^1\.followUp judicialOffice:overdue1 → \w+ 1\.0$/),
    ]),
  );
}, 240_000);

test('ended with a death, the notices that the law asks for open beside what goes on', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.record('departure', 'departed');
  await drill.record('scene', 'arrived');
  await drill.record('control', 'dead');
  const opened = (await drill.written()).timeline.filter(
    ({ kind, data }) => kind === 'stageOpened' && data.source === 'statutory',
  );
  expect(opened.length).toBeGreaterThanOrEqual(3);
  expect(await drill.open()).toEqual(expect.arrayContaining(['policeCall', 'cooperation']));
}, 240_000);
