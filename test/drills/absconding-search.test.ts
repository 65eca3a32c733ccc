import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import * as messages from '../../src/workflows/messages.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** 四（一）, on the Wushen plan with the sample bureau's limits: search PT4H, then ten minutes a step. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

const HOUR = 60;
const AFTER_FAILURE = ['reportTownship', 'reportLeadingGroup', 'policePhone', 'signNotice', 'policeNotice'];
const ownOf = async (drill: Drill): Promise<string[]> =>
  (await drill.open()).filter((stage) => stage !== 'initialResponse');
const opened = async (drill: Drill) =>
  (await drill.written()).timeline.filter(({ kind }) => kind === 'stageOpened');

test('lost contact opens the search at once, and no report', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  expect(await ownOf(drill)).toEqual(['search']);
}, 240_000);

test('case 1: found in time, nobody outside the bureau is told, and the office is asked to close', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.pass(2 * HOUR);
  await drill.record('search', 'foundComplies');
  // What the law leaves to the agency's judgement comes before the closing.
  expect(await ownOf(drill)).toEqual(['admonition']);
  await drill.record('admonition', 'notNeeded');
  await drill.record('initialResponse', 'controlled');
  expect(await drill.open()).toEqual(['proposeClosing']);
  const parties = (await drill.told()).map((told) => told.split(' → ')[1]!.split(' ')[0]);
  for (const party of ['policeStation', 'procuratorate', 'townshipCommandGroup'])
    expect(parties).not.toContain(party);
}, 240_000);

test('查找未果 opens both reports and the written notice at one instant, while the search goes on', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'searchFailed');
  expect(await ownOf(drill)).toEqual(expect.arrayContaining([...AFTER_FAILURE, 'jointSearch']));
  const instants = (await opened(drill))
    .filter(({ data }) => [...AFTER_FAILURE, 'jointSearch'].includes(String(data.stage)))
    .map(({ at, data }) => ({ at, automatic: data.automatic }));
  expect(instants).toHaveLength(6);
  expect(new Set(instants.map(({ at }) => at)).size).toBe(1);
  expect(instants.every(({ automatic }) => automatic === false)).toBe(true);
}, 240_000);

test('overdue is not 查找未果: it asks and climbs inside; 继续查找 begins the limit anew', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('initialResponse', 'controlled');
  const told = await drill.toldDuring(() => drill.pass(4 * HOUR + 15));
  expect(told.filter((line) => line.includes(':overdue'))).toEqual([
    '1.search judicialOffice:overdue → judicialOffice 0.0',
    '1.search judicialOffice:overdue → judicialOffice 1.0',
  ]);
  await drill.record('search', 'stillSearching');
  const quiet = await drill.toldDuring(() => drill.pass(3 * HOUR));
  expect(quiet.filter((line) => line.includes(':overdue'))).toEqual([]);
  const again = await drill.toldDuring(() => drill.pass(HOUR + 5));
  expect(again.filter((line) => line.includes(':overdue'))).toEqual([
    '1.search judicialOffice:overdue1 → judicialOffice 0.0',
  ]);
  expect(await ownOf(drill)).toEqual(['search']);
}, 240_000);

test('nobody answers through the whole chain: both reports open by themselves, marked, and the notice awaits its signature', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('initialResponse', 'controlled');
  await drill.pass(5 * HOUR + 5);
  const marked = (await opened(drill)).filter(({ data }) => data.automatic).map(({ data }) => data.stage);
  expect(marked).toEqual(['reportTownship', 'reportLeadingGroup', 'policePhone', 'signNotice']);
  // A machine does not record 查找未果, and tells the police nothing.
  expect(await drill.open()).not.toContain('policeNotice');
  expect((await drill.told()).some((told) => told.includes('→ policeStation'))).toBe(false);
  // Found after all: whom silence told hears of it.
  await drill.record('search', 'foundComplies');
  expect((await drill.open()).sort()).toEqual(['admonition', 'tellFound']);
}, 240_000);

test('whoever says 仍在处置 has answered: nothing opens by itself while that is good', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.pass(4 * HOUR + 50);
  await drill.say(messages.stillResponding, { by: 'jia-1' });
  await drill.pass(20);
  expect(await drill.open()).not.toContain('signNotice');
}, 240_000);

test('found after the notice was delivered: it is recalled, and all who were told hear that he is found', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'searchFailed');
  await drill.record('policeNotice', 'delivered');
  await drill.record('jointSearch', 'continuing');
  await drill.record('jointSearch', 'foundComplies');
  expect(await drill.open()).toEqual(expect.arrayContaining(['recallNotice', 'tellFound']));
  expect(await drill.open()).not.toContain('signNotice');
}, 240_000);

test('found before the notice was delivered: it lapses, and there is nothing to recall', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'searchFailed');
  await drill.record('jointSearch', 'foundRefuses');
  expect(await drill.open()).toContain('tellFound');
  expect(await drill.open()).not.toContain('recallNotice');
  const { branches } = await drill.written();
  expect(branches[0]!.stages.find(({ stage }) => stage === 'policeNotice')).toMatchObject({
    outcome: 'lapsed',
  });
  // 脱管: whoever is found and refuses supervision is a matter of its own.
  for (const stage of ['tellFound', 'reportTownship', 'reportLeadingGroup'])
    await drill.record(stage, stage === 'tellFound' ? 'told' : 'reported');
  expect(await drill.open()).toContain('handleRefusal');
}, 240_000);

test('day clocks of a statute remind a person when their day has come, and lapse when the person is found before', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'searchFailed');
  const later = (await opened(drill)).filter(({ data }) => data.startsAt !== null);
  expect(later.length).toBeGreaterThan(0);
  expect(new Set(later.map(({ data }) => data.source))).toEqual(new Set(['statutory']));
  const isLater = (line: string) => later.some(({ data }) => line.startsWith(`${String(data.stageId)} `));
  expect((await drill.told()).filter(isLater)).toEqual([]);
  await drill.record('jointSearch', 'inCustody');
  await drill.record('tellFound', 'told');
  for (const stage of ['reportTownship', 'reportLeadingGroup']) await drill.record(stage, 'reported');
  const { branches } = await drill.written();
  const outcomes = branches[0]!.stages
    .filter(({ stage }) => later.some(({ data }) => data.stage === stage))
    .map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(['lapsed']));
}, 240_000);

test('case 2: found dead turns it into 四（三）at once; the search stops, its record stays, and all hear that he is found', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'searchFailed');
  await drill.record('policeNotice', 'delivered');
  await drill.record('jointSearch', 'foundDead');
  const [search, act] = (await drill.written()).branches.filter(({ entry }) => entry > 0);
  expect(act).toMatchObject({ branch: 'violentAct', chosen: 'person', by: 'jia-1' });
  const atOnce = act!.stages.filter(({ openedAt }) => openedAt === act!.stages[0]!.openedAt);
  expect(atOnce.map(({ stage }) => stage)).toEqual(
    expect.arrayContaining(['policeCall', 'reportTownship', 'reportLeadingGroup', 'departure']),
  );
  expect(search!.stages.find(({ stage }) => stage === 'search')).toMatchObject({ outcome: 'searchFailed' });
  expect(await drill.open()).toEqual(expect.arrayContaining(['tellFound', 'recallNotice']));
}, 240_000);

test('a notice that silence had signed is delivered, and recalled once the person is found', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.pass(5 * HOUR + 5);
  await drill.record('signNotice', 'signed', 'deputy-1');
  expect(await drill.open()).toContain('policeNotice');
  await drill.record('policeNotice', 'delivered');
  await drill.record('search', 'foundComplies');
  expect(await drill.open()).toEqual(expect.arrayContaining(['tellFound', 'recallNotice']));
}, 240_000);

test('whoever took the search over, or proposed to close it, has answered', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.say(messages.takeOver, { by: 'jia-2', stageId: null, reason: '测试' });
  await drill.pass(5 * HOUR + 5);
  expect(await drill.open()).not.toContain('signNotice');
}, 240_000);

test('found dead before the notice was delivered: there is nothing to recall', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'searchFailed');
  await drill.record('jointSearch', 'foundDead');
  expect(await drill.open()).toContain('tellFound');
  expect(await drill.open()).not.toContain('recallNotice');
}, 240_000);
