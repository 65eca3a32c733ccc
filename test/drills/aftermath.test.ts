import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { IncidentId } from '../../src/incident/ids.ts';
import { plus } from '../../src/incident/instant.ts';
import * as messages from '../../src/workflows/messages.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** 六: what follows a response that has ended. On the Wushen plan. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

const DAY = 24 * 60;

async function afterResponse(): Promise<Drill> {
  const drill = await startDrill(ground, 'riskSigns');
  expect(await drill.endResponse()).toMatchObject({ closed: false, branch: 'aftermath' });
  return drill;
}

test('the response ended: its duties stop, and the general office drafts the investigation report', async () => {
  const drill = await afterResponse();
  expect(await drill.open()).toEqual(expect.arrayContaining(['investigationReport']));
  expect((await drill.open()).filter((stage) => stage.startsWith('report'))).toEqual([]);
  expect(await drill.open()).not.toContain('initialResponse');
  expect((await drill.told()).filter((told) => told.includes('investigationReport'))).toEqual([
    '2.investigationReport bureauGeneralOffice → bureauGeneralOffice 0.0',
  ]);
  expect((await drill.written()).timeline.some(({ kind }) => kind === 'responseEnded')).toBe(true);
}, 240_000);

test('corrective actions have an owner and a date each, and stand side by side', async () => {
  const drill = await afterResponse();
  const dueAt = plus((await drill.written()).timeline.at(-1)!.at, 2 * DAY * 60_000);
  const add = (owner: string) =>
    drill.say(messages.addCorrectiveAction, { by: 'leading-1', owner, dueAt, action: '测试整改' });
  expect(await add('judicialOffice')).toEqual({ stageId: '2.correctiveAction_1' });
  expect(await add('leadingGroupOffice')).toEqual({ stageId: '2.correctiveAction_2' });
  expect((await drill.told()).slice(-2)).toEqual([
    '2.correctiveAction_1 judicialOffice → judicialOffice 0.0',
    '2.correctiveAction_2 leadingGroupOffice → leadingGroupOffice 0.0',
  ]);
  await drill.record('correctiveAction_1', 'corrected');
  const told = await drill.toldDuring(() => drill.pass(2 * DAY + 5));
  expect(told.filter((line) => line.includes('correctiveAction') && line.includes(':overdue'))).toEqual([
    '2.correctiveAction_2 leadingGroupOffice:overdue → leadingGroupOffice 0.0',
  ]);
}, 240_000);

test('notices that the law asks for go on in it, and it is not left for another branch', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.record('departure', 'departed');
  await drill.record('scene', 'arrived');
  await drill.record('control', 'dead');
  await drill.endResponse();
  expect((await drill.open()).filter((stage) => stage.startsWith('deathNotice'))).toHaveLength(4);
  await expect(drill.switchTo('riskSigns')).rejects.toMatchObject({ cause: { type: 'ResponseEnded' } });
}, 240_000);

test('no action can be asked for while the response goes on', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  const said = drill.say(messages.addCorrectiveAction, {
    by: 'leading-1',
    owner: 'judicialOffice',
    dueAt: '2027-01-01T00:00:00.000Z',
    action: '测试',
  });
  await expect(said).rejects.toMatchObject({ cause: { type: 'NotInAftermath' } });
}, 240_000);

test('once the report is in and every correction is made, two people close the incident', async () => {
  const drill = await afterResponse();
  await drill.record('investigationReport', 'submitted', 'leading-1');
  for (const [stage, outcome] of [
    ['finalReport', 'reported'],
    ['commendAndSanction', 'concluded'],
    ['correctiveReview', 'reviewed'],
  ] as const) {
    if ((await drill.open()).includes(stage)) await drill.record(stage, outcome);
  }
  expect(await drill.open()).toEqual(['proposeClosing']);
  expect(await drill.endResponse()).toMatchObject({ closed: true });
  await drill.ended();
  expect((await drill.written()).incident).toMatchObject({ status: 'closed', closedAs: 'responseEnded' });
}, 240_000);

test('a sub-case has no aftermath of its own: that of the incident it is under covers it', async () => {
  const parent = '00000000-0000-4000-8000-000000000001' as IncidentId;
  const drill = await startDrill(ground, 'riskSigns', { parent });
  expect(await drill.endResponse()).toMatchObject({ closed: true });
  await drill.ended();
}, 240_000);
