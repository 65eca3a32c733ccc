import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { plus } from '../../src/incident/instant.ts';
import type { Measure } from '../../src/incident/measures.ts';
import { addMeasure } from '../../src/workflows/messages-measures.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** 六（二） and 整改销号: what follows from an investigation, each with an owner and a date. On the Wushen plan. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

const DAY_MS = 24 * 60 * 60_000;

async function afterResponse(): Promise<Drill> {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.endResponse();
  return drill;
}
const order = async (drill: Drill, measure: Measure, owner = 'bureauGeneralOffice') => {
  const dueAt = plus((await drill.written()).timeline.at(-1)!.at, 2 * DAY_MS);
  return drill.say(addMeasure, { measure, by: 'leading-1', owner, dueAt, action: '测试事项' });
};
const refusalOf = (said: Promise<unknown>) => expect(said).rejects;

test('commendation, sanction and transfer are duties with an owner and a date, and the aftermath waits for them', async () => {
  const drill = await afterResponse();
  expect(await order(drill, 'commendation')).toEqual({ stageId: '2.commendation_1' });
  expect(await order(drill, 'sanction')).toEqual({ stageId: '2.sanction_1' });
  expect(await order(drill, 'transfer', 'dutyLeader')).toEqual({ stageId: '2.transfer_1' });
  expect(await order(drill, 'sanction')).toEqual({ stageId: '2.sanction_2' });
  expect((await drill.told()).slice(-2)).toEqual([
    '2.transfer_1 dutyLeader → dutyLeader 0.0',
    '2.sanction_2 bureauGeneralOffice → bureauGeneralOffice 0.0',
  ]);

  // Submitted to the competent body: our date is kept, and no limit binds that body. The other one falls due.
  await drill.record('sanction_1', 'submitted', 'general-1');
  const told = await drill.toldDuring(() => drill.pass(2 * 24 * 60 + 5));
  const overdue = told.filter((line) => line.includes('sanction') && line.includes(':overdue'));
  expect(overdue[0]).toContain('2.sanction_2 bureauGeneralOffice:overdue');
  expect(overdue.filter((line) => line.includes('sanction_1'))).toEqual([]);

  await drill.record('sanction_1', 'decided', 'general-1');
  expect(await drill.open()).not.toContain('proposeClosing');
  for (const stage of [
    'investigationReport',
    'finalReport',
    'commendAndSanction',
    'correctiveReview',
  ] as const)
    if ((await drill.open()).includes(stage)) await drill.record(stage, ENDS[stage]);
  for (const stage of ['commendAndSanction', 'correctiveReview'] as const)
    if ((await drill.open()).includes(stage)) await drill.record(stage, ENDS[stage]);
  await drill.record('sanction_2', 'notPursued', 'general-1');
  await drill.record('commendation_1', 'commended', 'general-1');
  expect(await drill.open()).toEqual(['transfer_1']);
  await drill.record('transfer_1', 'transferred', 'deputy-1');
  expect(await drill.open()).toEqual(['proposeClosing']);
}, 240_000);

const ENDS = {
  investigationReport: 'submitted',
  finalReport: 'reported',
  commendAndSanction: 'concluded',
  correctiveReview: 'reviewed',
};

test('a correction takes two: one reports it done, another confirms it or sends it back under its own owner and date', async () => {
  const drill = await afterResponse();
  await order(drill, 'correctiveAction', 'judicialOffice');
  await drill.record('correctiveAction_1', 'corrected', 'jia-1');
  expect(await drill.open()).toContain('correctiveActionClosed_1');
  const own = drill.record('correctiveActionClosed_1', 'confirmed', 'jia-1');
  await refusalOf(own).toMatchObject({ cause: { type: 'OwnCorrection' } });

  await drill.record('correctiveActionClosed_1', 'returned', 'general-1');
  const { branches } = await drill.written();
  const openings = branches
    .flatMap(({ stages }) => stages)
    .filter(({ stage }) => stage === 'correctiveAction_1');
  expect(openings).toMatchObject([
    { opening: 1, owner: 'judicialOffice', outcome: 'corrected' },
    { opening: 2, owner: 'judicialOffice', outcome: null, dueAt: openings[0]!.dueAt },
  ]);
  await drill.record('correctiveAction_1', 'corrected', 'jia-2');
  await drill.record('correctiveActionClosed_1', 'confirmed', 'jia-1'); // somebody else, this time
  expect((await drill.open()).filter((stage) => stage.startsWith('correctiveAction'))).toEqual([]);
}, 240_000);

test('a measure that the plan does not have is refused, and none is ordered while the response goes on', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await refusalOf(order(drill, 'sanction')).toMatchObject({ cause: { type: 'NotInAftermath' } });
}, 240_000);
