import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { msBetween } from '../../src/incident/instant.ts';
import { startingBranch } from '../../src/plan/part-of.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** What the clauses say of whom to tell and in which order, where no other drill does. On the Wushen plan; docs/coverage.md. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

const HOUR = 60;
const DAY = 24 * HOUR;

/** The first word to each party about a stage, in order. */
const firstToldOf = async (drill: Drill, stage: string): Promise<string[]> =>
  (await drill.told())
    .filter((told) => told.includes(`.${stage} `) && told.endsWith(' 0.0') && !told.includes(':'))
    .map((told) => told.split(' → ')[1]!.split(' ')[0]!);

const stagesOpenedAs = async (drill: Drill, source: string): Promise<string[]> =>
  (await drill.written()).timeline
    .filter(({ kind, data }) => kind === 'stageOpened' && data.source === source)
    .map(({ data }) => String(data.stage));

test.each([
  ['violentCrime', '二（一）', 'triage'],
  ['selfHarm', '二（一）', 'triage'],
  ['massIncident', '二（二）', 'triage'],
  ['outOfSupervision', '二（三）', 'abscondingSearch'],
  ['orderDisruption', '二（四）', 'triage'],
  ['unnaturalDeath', '二（五）', 'violentAct'],
  ['activityInjury', '二（五）', 'triage'],
  ['other', '二（六）', 'triage'],
  ['hostageTaking', '二', 'triage'],
  ['violenceAgainstPersons', '二', 'triage'],
  ['abnormalPetition', '二', 'triage'],
  ['publicOrder', '二', 'triage'],
  ['neverEnrolled', '二', 'triage'],
  ['otherOffence', '二', 'triage'],
  ['lostContact', '四（一）', 'abscondingSearch'],
  ['riskSign', '四（二）', 'riskSigns'],
  ['actInProgress', '四（三）', 'violentAct'],
  ['disaster', '四（四）', 'disasterImpact'],
])('a report of the type %s (%s) begins in %s', (type, clause, branch) => {
  expect(ground.plan.eventTypes[type]!.clause.split('、')[0]).toBe(clause);
  expect(startingBranch(ground.plan, type).branch).toBe(branch);
});

test('while nobody has chosen, the office and the leading-group office alone are asked to, and silence climbs', async () => {
  const drill = await startDrill(ground, 'triage', { eventType: 'violentCrime' });
  await drill.record('initialResponse', 'controlled');
  expect(await firstToldOf(drill, 'chooseBranch')).toEqual(['judicialOffice', 'leadingGroupOffice']);
  const told = await drill.toldDuring(() => drill.pass(45));
  expect(told).toContain('1.chooseBranch judicialOffice:overdue → bureauChief 3.0');
  expect(told.every((line) => line.startsWith('1.chooseBranch '))).toBe(true);
  await drill.switchTo('riskSigns');
  expect(await drill.open()).not.toContain('chooseBranch');
}, 240_000);

test('the office alone is told to act first, at once; what is under way is asked for again', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  const { timeline } = await drill.written();
  const opened = timeline.find(({ data }) => data.stageId === '0.initialResponse');
  expect(opened!.data).toMatchObject({ clause: '四', planText: '第一时间', within: 'PT10M' });
  expect(opened!.at).toBe(timeline[0]!.at);
  expect(await firstToldOf(drill, 'initialResponse')).toEqual(['judicialOffice']);
  await drill.record('initialResponse', 'underway');
  const told = await drill.toldDuring(() => drill.pass(35));
  expect(told).toContain('0.initialResponse judicialOffice:overdue1 → judicialOffice 0.0');
}, 240_000);

test('what cannot be controlled is reported to the leading-group office, and the township group is asked to activate', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.record('initialResponse', 'notControllable');
  expect(await firstToldOf(drill, 'activationReport')).toEqual(['judicialOffice', 'leadingGroupOffice']);
  expect(await firstToldOf(drill, 'activationRequest')).toEqual(['judicialOffice', 'townshipCommandGroup']);
  await drill.record('activationRequest', 'filed');
  expect(await firstToldOf(drill, 'activationDecision')).toEqual(['townshipCommandGroup']);
  await drill.record('activationDecision', 'activated', 'township-jia-1');
  expect(await firstToldOf(drill, 'townshipResponse')).toEqual(['townshipCommandGroup']);
}, 240_000);

test('查找未果 is reported to both, each with a receipt of its own; the police get paper, and no message', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'searchFailed');
  expect(await firstToldOf(drill, 'reportTownship')).toEqual(['judicialOffice', 'townshipCommandGroup']);
  expect(await firstToldOf(drill, 'reportLeadingGroup')).toEqual(['judicialOffice', 'leadingGroupOffice']);
  expect(await firstToldOf(drill, 'policePhone')).toEqual(['judicialOffice']);
  expect(await firstToldOf(drill, 'signNotice')).toEqual(['dutyLeader']);
  expect(await firstToldOf(drill, 'policeNotice')).toEqual(['judicialOffice']);
  expect(await firstToldOf(drill, 'jointSearch')).toEqual(['judicialOffice']);
  await drill.confirm('reportTownship', 'townshipCommandGroup', 'township-jia-1');
  const lines = (await drill.written()).timeline.filter(({ kind }) => kind === 'acknowledged');
  expect(lines.map(({ data }) => data.line)).toEqual(['townshipCommandGroup']);
}, 240_000);

test('after 查找未果 the procuratorate is told at once, a warning is asked about on the tenth day, a proposal on the thirtieth', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('initialResponse', 'controlled');
  await drill.record('search', 'searchFailed');
  expect(await stagesOpenedAs(drill, 'statutory')).toEqual([
    'procuratorateNotice',
    'warning',
    'revocationProposal',
  ]);
  expect(await firstToldOf(drill, 'procuratorateNotice')).toEqual(['correctionsAgency']);
  for (const stage of ['reportTownship', 'reportLeadingGroup']) await drill.record(stage, 'reported');
  await drill.record('policePhone', 'told');
  await drill.record('signNotice', 'signed');
  for (const stage of ['policeNotice', 'procuratorateNotice']) await drill.record(stage, 'delivered');
  const searchFor = async (days: number) => {
    for (let day = 0; day < days; day++) {
      await drill.pass(23 * HOUR);
      await drill.record('jointSearch', 'continuing');
    }
  };
  await searchFor(10);
  expect(await firstToldOf(drill, 'warning')).toEqual([]);
  await drill.pass(12 * HOUR);
  expect(await firstToldOf(drill, 'warning')).toEqual(['correctionsAgency']);
  await drill.record('warning', 'decided');
  await searchFor(20);
  expect(await firstToldOf(drill, 'revocationProposal')).toEqual([]);
  await drill.pass(20 * HOUR);
  expect(await firstToldOf(drill, 'revocationProposal')).toEqual(['correctionsAgency']);
}, 240_000);

test('found, and refusing: the days away are the agency’s to judge, the refusal is a matter of its own', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'foundRefuses');
  expect(await firstToldOf(drill, 'admonition')).toEqual(['correctionsAgency']);
  expect(await firstToldOf(drill, 'handleRefusal')).toEqual(['judicialOffice']);
  expect(await stagesOpenedAs(drill, 'statutory')).toEqual(['admonition', 'handleRefusal']);
}, 240_000);

test('signs are reported to both and worked on by the office at the same time; the police are asked for nothing', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  expect(await firstToldOf(drill, 'reportTownship')).toEqual(['judicialOffice', 'townshipCommandGroup']);
  expect(await firstToldOf(drill, 'reportLeadingGroup')).toEqual(['judicialOffice', 'leadingGroupOffice']);
  for (const stage of ['learnFacts', 'counselling', 'conflictResolution', 'closeMonitoring'])
    expect(await firstToldOf(drill, stage)).toEqual(['judicialOffice']);
  expect((await drill.told()).some((told) => told.includes('policeStation'))).toBe(false);
}, 240_000);

test('a conflict that takes longer is asked about every week', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.record('conflictResolution', 'continuing');
  const { branches, timeline } = await drill.written();
  const { at } = timeline.find(({ kind }) => kind === 'stageContinued')!;
  const stages = branches.flatMap(({ stages }) => stages);
  const { dueAt } = stages.find(({ stage }) => stage === 'conflictResolution')!;
  expect(msBetween(at, dueAt!)).toBe(7 * DAY * 60_000);
}, 240_000);

test('an act is told to the police, to both and to the office; the second report says it all and is the office’s', async () => {
  const drill = await startDrill(ground, 'violentAct');
  expect(await firstToldOf(drill, 'policeCall')).toEqual(['judicialOffice', 'policeStation']);
  expect(await firstToldOf(drill, 'reportTownship')).toEqual(['judicialOffice', 'townshipCommandGroup']);
  expect(await firstToldOf(drill, 'reportLeadingGroup')).toEqual(['judicialOffice', 'leadingGroupOffice']);
  expect(await firstToldOf(drill, 'departure')).toEqual(['judicialOffice']);
  expect(await firstToldOf(drill, 'cooperation')).toEqual(['judicialOffice']);
  for (const stage of ['reportTownship', 'reportLeadingGroup']) await drill.record(stage, 'reported');
  const rules = ground.plan.branches.violentAct!.stages.elementsReport!;
  for (const element of ['种类', '时间', '地点', '涉及人员', '事态发展', '已采取的措施'])
    expect(rules.tells[0]!.duty).toContain(element);
  expect(await firstToldOf(drill, 'elementsReport')).toEqual(['judicialOffice']);
}, 240_000);

test('a death has four notices, each the agency’s to sign; an injury has none', async () => {
  const controlled = async (outcome: string): Promise<string[]> => {
    const drill = await startDrill(ground, 'violentAct');
    await drill.record('departure', 'departed');
    await drill.record('scene', 'arrived');
    await drill.record('control', outcome);
    for (const stage of await stagesOpenedAs(drill, 'statutory'))
      expect(await firstToldOf(drill, stage)).toEqual(['correctionsAgency']);
    return stagesOpenedAs(drill, 'statutory');
  };
  expect(await controlled('injured')).toEqual([]);
  expect(await controlled('dead')).toEqual([
    'deathNoticeAuthority',
    'deathNoticeProcuratorate',
    'deathNoticePolice',
    'deathNoticeCustody',
  ]);
}, 240_000);

test('a disaster is reported to the command group and to the leading office; relief and steadying are the office’s', async () => {
  const drill = await startDrill(ground, 'disasterImpact');
  expect(await firstToldOf(drill, 'reportCommandGroup')).toEqual(['judicialOffice', 'townshipCommandGroup']);
  expect(await firstToldOf(drill, 'reportLeadingGroup')).toEqual(['judicialOffice', 'leadingGroupOffice']);
  for (const stage of ['roster', 'relief', 'steadyMinds'])
    expect(await firstToldOf(drill, stage)).toEqual(['judicialOffice']);
  await drill.record('relief', 'relieved');
  await drill.record('steadyMinds', 'steadied');
  expect(await drill.open()).toEqual(expect.arrayContaining(['reportCommandGroup', 'reportLeadingGroup']));
}, 240_000);

test('commending, sanctions and the review of corrections wait for the investigation report; the final report does not', async () => {
  const drill = await startDrill(ground, 'riskSigns');
  await drill.endResponse();
  expect((await drill.open()).sort()).toEqual(['finalReport', 'investigationReport']);
  expect(await firstToldOf(drill, 'finalReport')).toEqual(['judicialOffice']);
  await drill.record('investigationReport', 'submitted', 'leading-1');
  expect((await drill.open()).sort()).toEqual(['commendAndSanction', 'correctiveReview', 'finalReport']);
  for (const stage of ['investigationReport', 'commendAndSanction', 'correctiveReview'])
    expect(await firstToldOf(drill, stage)).toEqual(['bureauGeneralOffice']);
}, 240_000);

test('the end of the response is proposed by the office and approved by the leading-group office', async () => {
  const drill = await startDrill(ground, 'abscondingSearch');
  await drill.record('search', 'inCustody');
  await drill.record('initialResponse', 'controlled');
  expect(await firstToldOf(drill, 'proposeClosing')).toEqual(['judicialOffice']);
  await drill.endResponse();
  expect(await firstToldOf(drill, 'approveClosing')).toEqual(['leadingGroupOffice']);
}, 240_000);
