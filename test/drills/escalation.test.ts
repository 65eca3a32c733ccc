import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import * as messages from '../../src/workflows/messages.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** Silence, receipts and the people in between, on the Wushen plan with the sample bureau's limits. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

/** Who was told on one line, in order. */
const lineOf = async (drill: Drill, line: string): Promise<string[]> =>
  (await drill.told()).filter((told) => told.startsWith(`${line} `)).map((told) => told.split('→ ')[1]!);

test('case 7: nobody answers at all: through the chain to the bureau chief, who is told again and again', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(90);
  const told = await lineOf(drill, '1.reportLeadingGroup leadingGroupOffice');
  expect(told.slice(0, 4)).toEqual([
    'leadingGroupOffice 0.0',
    'leadingGroupOffice 1.0',
    'dutyLeader 2.0',
    'bureauChief 3.0',
  ]);
  expect(told.slice(4).every((telling, index) => telling === `bureauChief 3.${index + 1}`)).toBe(true);
  expect(told.length).toBeGreaterThan(6);
}, 240_000);

test('a receipt is not the duty done: its line falls silent, the stage still becomes overdue and climbs', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(1);
  await drill.confirm('policeCall', 'judicialOffice', 'jia-1');
  await drill.pass(3);
  expect(await lineOf(drill, '1.policeCall judicialOffice')).toEqual(['judicialOffice 0.0']);
  await drill.pass(30);
  expect(await lineOf(drill, '1.policeCall judicialOffice')).toEqual(['judicialOffice 0.0']);
  expect((await lineOf(drill, '1.policeCall judicialOffice:overdue')).slice(0, 2)).toEqual([
    'judicialOffice 0.0',
    'judicialOffice 1.0',
  ]);
  const stage = (await drill.written()).branches[0]!.stages.find(({ stage }) => stage === 'policeCall')!;
  expect(stage.overdueAt! >= stage.dueAt!).toBe(true);
}, 240_000);

test('an outside party is reminded twice, then our own duty leader is asked to phone', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(45);
  expect((await lineOf(drill, '1.policeCall policeStation')).slice(0, 4)).toEqual([
    'policeStation 0.0',
    'policeStation 0.1',
    'policeStation 0.2',
    'dutyLeader 1.0',
  ]);
  const mails = ground.smtp.messages.filter(({ to }) => to.startsWith('police'));
  expect(mails.length).toBeGreaterThan(0);
  for (const { text } of mails) expect(text).not.toMatch(/时限|期限|无法处理/);
}, 240_000);

test('case 4: where one person is alone the empty second contact is skipped at once', async () => {
  const drill = await startDrill(ground, 'violentAct', { office: 'bing' });
  await drill.pass(6);
  const { branches } = await drill.written();
  const told = branches[0]!.stages.find(({ stage }) => stage === 'departure')!.told;
  expect(told.map(({ party, person, result }) => [party, person, result])).toEqual([
    ['judicialOffice', 'bing-1', 'accepted'],
    ['judicialOffice', null, 'noContact'],
    ['dutyLeader', 'deputy-1', 'accepted'],
  ]);
}, 240_000);

test('仍在处置 holds back what is said again to that person for half an hour, never the clock', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(1);
  await drill.say(messages.stillResponding, { by: 'jia-1' });
  await drill.pass(20);
  const { timeline } = await drill.written();
  const quieted = timeline.filter(({ kind, data }) => kind === 'messageSettled' && data.result === 'quieted');
  expect(quieted.length).toBeGreaterThan(0);
  expect(new Set(quieted.map(({ data }) => data.person))).toEqual(new Set(['jia-1']));
  expect(timeline.some(({ kind }) => kind === 'stageOverdue')).toBe(true);
  expect((await lineOf(drill, '1.policeCall judicialOffice:overdue')).length).toBeGreaterThan(1);
}, 240_000);

test('接管 sends the reminders to whoever took over', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(1);
  await drill.say(messages.takeOver, { by: 'jia-2', stageId: null, reason: '测试' });
  await drill.pass(12);
  const { branches } = await drill.written();
  const stage = branches[0]!.stages.find(({ stage }) => stage === 'policeCall')!;
  expect(stage.holder).toBe('jia-2');
  expect(stage.told.find(({ kind }) => kind === 'overdue')?.person).toBe('jia-2');
}, 240_000);

test('a drill carries its mark on every message and reaches no outside party', async () => {
  const before = ground.smtp.messages.length;
  const drill = await startDrill(ground, 'violentAct', {
    drill: true,
    numberSeries: { prefix: 'YS', year: 2026, drill: true },
  });
  await drill.pass(40);
  const mails = ground.smtp.messages.slice(before);
  expect(mails.length).toBeGreaterThan(0);
  for (const { subject, to } of mails) {
    expect(subject).toContain('【演练】');
    expect(to).not.toMatch(/^police/);
  }
  const { branches, incident } = await drill.written();
  expect(incident.number).toMatch(/^YS-D-2026-/);
  const police = branches[0]!.stages
    .flatMap(({ told }) => told)
    .filter(({ party }) => party === 'policeStation');
  expect(police.map(({ result }) => result)).toEqual(['withheld']);
  expect(await lineOf(drill, '1.policeCall policeStation')).toEqual(['policeStation 0.0']);
}, 240_000);
