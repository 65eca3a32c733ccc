import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import * as messages from '../../src/workflows/messages.ts';
import { layGround, refusalOf, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** Closing takes two people (rules of care, 10). No time passes here after a closing: this server's clock then stands still. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

const propose = (drill: Drill, as: 'responseEnded' | 'falseAlarm' = 'responseEnded') =>
  drill.say(messages.proposeClosing, { by: 'jia-1', as, evidence: '测试' });
const decide = (drill: Drill, by: string, approve = true) =>
  drill.say(messages.decideClosing, { by, approve, reason: '测试', proposedAt: null, aftermath: null });

test('once every duty has its evidence the office is asked to propose closing', async () => {
  const drill = await startDrill(ground, 'violentAct');
  for (const stage of ['reportTownship', 'reportLeadingGroup']) await drill.record(stage, 'reported');
  await drill.record('policeCall', 'called');
  await drill.record('departure', 'departed');
  await drill.record('scene', 'arrived');
  await drill.record('control', 'controlled');
  await drill.record('elementsReport', 'reported');
  await drill.record('followUp', 'finished');
  await drill.record('cooperation', 'cooperated');
  expect((await drill.position()).openStages).toEqual(['0.initialResponse']);
  await drill.record('initialResponse', 'controlled');
  expect((await drill.position()).openStages).toEqual(['1.proposeClosing']);
}, 240_000);

test('one proposes, another approves; then nothing is open and the record stands', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  expect(await refusalOf(decide(drill, 'leading-1'))).toBe('NothingProposed');
  const { openStages } = await propose(drill);
  expect(openStages).toHaveLength(7);
  // The same again is the same proposal; another is refused.
  expect(await propose(drill)).toMatchObject({ openStages });
  expect(await refusalOf(propose(drill, 'falseAlarm'))).toBe('ClosingProposed');
  const late = {
    by: 'leading-1',
    approve: true,
    reason: '测试',
    aftermath: null,
    proposedAt: '2026-01-01T00:00:00.000Z',
  };
  expect(await refusalOf(drill.say(messages.decideClosing, late))).toBe('OtherProposal');
  expect(await refusalOf(decide(drill, 'jia-1'))).toBe('SamePerson');
  expect((await drill.told()).at(-1)).toMatch(/^1\.approveClosing leadingGroupOffice → leadingGroupOffice/);
  await decide(drill, 'leading-1');
  await drill.ended();
  const { incident, branches, timeline } = await drill.written();
  expect(incident).toMatchObject({ status: 'closed', closedAs: 'responseEnded' });
  expect(branches[0]!.stages.every(({ resolvedAt }) => resolvedAt !== null)).toBe(true);
  expect(timeline.at(-1)!.kind).toBe('incidentClosed');
  expect((await drill.position()).next).toEqual([]);
}, 240_000);

test('case 3: a false alarm opens at once and is closed as 误报, with its record', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await propose(drill, 'falseAlarm');
  await decide(drill, 'leading-2');
  await drill.ended();
  expect((await drill.written()).incident).toMatchObject({ status: 'closed', closedAs: 'falseAlarm' });
}, 240_000);

test('a closing that is refused leaves the incident open, and may be proposed again', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await propose(drill);
  await decide(drill, 'leading-1', false);
  const { openStages, closed } = await drill.position();
  expect(closed).toBeNull();
  expect(openStages).toHaveLength(7);
  await propose(drill);
  await drill.written();
  expect((await drill.told()).filter((told) => told.includes('1.approveClosing'))).toHaveLength(2);
}, 240_000);

test('an outcome is taken once; the same again is the same, another is refused; unknown ones are named', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.record('policeCall', 'called');
  await drill.record('policeCall', 'called');
  expect(await refusalOf(drill.record('policeCall', 'called', 'jia-2'))).toBe('StageEnded');
  expect(await refusalOf(drill.record('departure', 'vanished'))).toBe('UnknownOutcome');
  expect(await refusalOf(drill.record('nothing', 'called'))).toBe('UnknownStage');
  await propose(drill);
  expect(await refusalOf(drill.record('approveClosing', 'approved'))).toBe('NotByOutcome');
}, 240_000);

test('a branch cannot be switched into itself; a switch drops a proposal', async () => {
  const drill = await startDrill(ground, 'triage');
  expect(await refusalOf(drill.switchTo('triage'))).toBe('SameBranch');
  await propose(drill);
  await drill.switchTo('violentAct');
  const { openStages, entry } = await drill.position();
  expect(entry).toBe(2);
  expect(openStages).toEqual([
    '0.initialResponse',
    '2.policeCall',
    '2.reportTownship',
    '2.reportLeadingGroup',
    '2.departure',
    '2.cooperation',
  ]);
  const [triage] = (await drill.written()).branches;
  expect(triage!.stages.map(({ stage, outcome }) => [stage, outcome])).toEqual([
    ['chooseBranch', 'chosen'],
    ['approveClosing', 'superseded'],
  ]);
}, 240_000);
