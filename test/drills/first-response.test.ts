import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { layGround, startDrill, type DrillGround } from '../harness/drill.ts';

/** 四, opening paragraph: the office acts first, in every case. On the Wushen plan. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

test.each(['triage', 'abscondingSearch', 'riskSigns', 'violentAct', 'disasterImpact'])(
  'every case begins with it: %s',
  async (branch) => {
    const drill = await startDrill(ground, branch);
    expect((await drill.position()).openStages).toContain('0.initialResponse');
  },
  60_000,
);

test('what cannot be controlled: the report and the request to the township group open at one instant', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.record('initialResponse', 'notControllable');
  const opened = (await drill.written()).timeline.filter(
    ({ kind, data }) => kind === 'stageOpened' && String(data.stage).startsWith('activation'),
  );
  expect(opened.map(({ data }) => data.stageId)).toEqual(['0.activationReport', '0.activationRequest']);
  expect(new Set(opened.map(({ at }) => at)).size).toBe(1);
}, 240_000);

test('the township group decides, with a reason: activated, it carries the response out', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.record('initialResponse', 'notControllable');
  expect(await drill.open()).not.toContain('activationDecision');
  await drill.record('activationRequest', 'filed');
  expect(await drill.open()).toContain('activationDecision');
  await drill.record('activationDecision', 'activated', 'township-jia-1');
  expect(await drill.open()).toContain('townshipResponse');
}, 240_000);

test('not activated: nothing more is asked of the group, and the decision stands with who made it', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.record('initialResponse', 'notControllable');
  await drill.record('activationRequest', 'filed');
  await drill.record('activationDecision', 'notActivated', 'township-jia-1');
  expect(await drill.open()).not.toContain('townshipResponse');
  const ended = (await drill.written()).timeline.findLast(({ kind }) => kind === 'stageEnded');
  expect(ended!.data).toMatchObject({ outcome: 'notActivated', by: 'township-jia-1' });
}, 240_000);

test('a switch of branch leaves it as it is: its clocks run on, and nobody is told of it again', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.record('initialResponse', 'notControllable');
  const before = (await drill.told()).filter((told) => told.startsWith('0.'));
  await drill.switchTo('violentAct');
  await drill.written();
  expect((await drill.position()).openStages).toEqual(
    expect.arrayContaining(['0.activationReport', '0.activationRequest']),
  );
  expect((await drill.told()).filter((told) => told.startsWith('0.'))).toEqual(before);
  await drill.record('activationRequest', 'filed');
  expect((await drill.position()).openStages).toContain('0.activationDecision');
}, 240_000);

test('what was under control before a switch is asked again in the new branch: it may not be so there', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.record('initialResponse', 'controlled');
  await drill.switchTo('violentAct');
  await drill.record('initialResponse', 'notControllable');
  expect(await drill.open()).toEqual(expect.arrayContaining(['activationReport', 'activationRequest']));
}, 240_000);
