import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { stageId } from '../../src/incident/ids.ts';
import { plus } from '../../src/incident/instant.ts';
import { handOnReport, phoneReport, sendReport } from '../../src/workflows/messages-report-chain.ts';
import { recordInstruction } from '../../src/workflows/messages-instructions.ts';
import { layGround, refusalOf, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';

/** The report chain as an incident carries it out: what a call ends and opens, who confirms a report, what an instruction asks. */
let ground: DrillGround;
beforeAll(async () => {
  ground = await layGround();
}, 240_000);
afterEach(() => ground.clear());
afterAll(() => ground.leave());

/** The officer who is alone at night in 丙苏木. */
const NIGHT = { office: 'bing' };
const FIRST = { by: 'bing-1', report: 0, name: '首报', number: '000-0000-0001', stageId: null };
const lastAt = async (drill: Drill) => (await drill.written()).timeline.at(-1)!.at;
const phone = async (drill: Drill, party: string, answered = true) =>
  drill.say(phoneReport, {
    ...FIRST,
    party,
    answered,
    calledAt: await lastAt(drill),
    said: answered ? '值班员接听' : null,
  });
const document = '6f2c1f2e-0000-4000-8000-000000000001';
const SENT = { by: 'bing-1', report: 0, name: '首报', document, signed: true, old: null };
const endings = async (drill: Drill) =>
  (await drill.written()).timeline
    .filter(({ kind }) => kind === 'stageEnded')
    .map(({ data }) => `${String(data.stageId)} ${String(data.outcome)}`);

test('reported by phone at night: the duty to report has ended, the written one has a clock of its own', async () => {
  const drill = await startDrill(ground, 'violentAct', NIGHT);
  expect(await phone(drill, 'leadingGroupOffice', false)).toMatchObject({ ended: [], written: null });
  expect(await drill.open()).toContain('reportLeadingGroup'); // a call that nobody answers tells nobody

  const made = await phone(drill, 'leadingGroupOffice');
  expect(made).toMatchObject({ ended: ['1.reportLeadingGroup'], written: '1.writtenReport_0' });
  expect(await drill.open()).toEqual(expect.arrayContaining(['reportTownship', 'writtenReport_0']));
  expect(await phone(drill, 'townshipCommandGroup')).toMatchObject({ ended: ['1.reportTownship'] });
  expect((await drill.open()).filter((stage) => stage.startsWith('written'))).toEqual(['writtenReport_0']);

  const told = await drill.toldDuring(() => drill.pass(60));
  expect(told).toContain('1.writtenReport_0 judicialOffice:overdue → judicialOffice 0.0');
  await drill.say(sendReport, SENT);
  expect(await endings(drill)).toContain('1.writtenReport_0 sent');
  // Sent in writing it is not owed again, however often somebody is called.
  expect(await phone(drill, 'townshipCommandGroup')).toMatchObject({ ended: [], written: null });
}, 240_000);

test('a call tells of what had begun by then: what began later is still to be reported', async () => {
  const drill = await startDrill(ground, 'violentAct', NIGHT);
  const call = {
    ...FIRST,
    party: 'leadingGroupOffice',
    answered: true,
    said: null,
    calledAt: plus(await lastAt(drill), -5 * 60_000),
  };
  const duty = stageId(1, 'reportLeadingGroup');
  expect(await refusalOf(drill.say(phoneReport, { ...call, stageId: duty }))).toBe('ToldBeforeSent');
  expect(await drill.say(phoneReport, { ...call })).toMatchObject({ ended: [] });
  expect(await drill.open()).toContain('reportLeadingGroup');
  expect(await phone(drill, 'leadingGroupOffice')).toMatchObject({ ended: [duty] });
}, 240_000);

test('a report that was sent has arrived when each recipient has confirmed; the one who is silent climbs', async () => {
  const drill = await startDrill(ground, 'riskSigns', NIGHT);
  await drill.say(sendReport, { ...SENT, signed: false });
  const { stageId } = await drill.say(sendReport, SENT);
  expect(stageId).toBe('1.reportReceipt_2');
  expect(await drill.say(sendReport, SENT)).toMatchObject({ again: true, stageId });
  expect(await endings(drill)).toContain('1.reportReceipt_1 lapsed'); // the signed one has taken its place

  await drill.confirm('reportReceipt_2', 'leadingGroupOffice', 'leading-1');
  const told = await drill.toldDuring(() => drill.pass(12));
  expect(told).toContain('1.reportReceipt_2 townshipCommandGroup → townshipCommandGroup 1.0');
  expect(told.filter((line) => line.includes('_2 leadingGroupOffice'))).toEqual([]);
  await drill.confirm('reportReceipt_2', 'townshipCommandGroup', 'township-bing-leader');
  expect(await endings(drill)).toContain('1.reportReceipt_2 received');
  const mails = ground.smtp.messages.map(({ text }) => text).filter((text) => text.includes('报告签收'));
  expect(mails.some((text) => text.includes('首报未签发·先行告知，请登录查阅'))).toBe(true);
  expect(mails.some((text) => text.includes('首报已签发，请登录查阅'))).toBe(true);
}, 240_000);

test('a correction goes to whom the old one went, and the old one is not asked about any more', async () => {
  const drill = await startDrill(ground, 'riskSigns', NIGHT);
  await drill.say(sendReport, SENT);
  const newer = document.replace(/1$/, '2');
  await drill.say(sendReport, { ...SENT, document: newer, old: { document, act: 'corrects' } });
  expect(await endings(drill)).toContain('1.reportReceipt_1 lapsed');
  await drill.confirm('reportReceipt_2', 'leadingGroupOffice', 'leading-1');
  await drill.confirm('reportReceipt_2', 'townshipCommandGroup', 'township-bing-1');
  expect(await endings(drill)).toContain('1.reportReceipt_2 received');
}, 240_000);

test('one draft of a report went ahead and another was signed: nobody is asked to confirm both', async () => {
  const drill = await startDrill(ground, 'riskSigns', NIGHT);
  await drill.say(sendReport, { ...SENT, signed: false });
  const other = document.replace(/1$/, '3');
  const sent = await drill.say(sendReport, { ...SENT, document: other });
  expect(sent.stageId).toBe('1.reportReceipt_2');
  expect(await endings(drill)).toContain('1.reportReceipt_1 lapsed');
  await drill.say(sendReport, { ...SENT, document: other.replace(/3$/, '4'), report: 1, name: '续报一' });
  expect((await drill.open()).filter((stage) => stage.startsWith('reportReceipt'))).toEqual([
    'reportReceipt_2',
    'reportReceipt_3', // another report takes no other's place
  ]);
}, 240_000);

test('an instruction of a leader is a duty with a date, and goes on after a switch', async () => {
  const drill = await startDrill(ground, 'riskSigns', NIGHT);
  const givenAt = await lastAt(drill);
  const said = {
    by: 'leading-1',
    from: 'chief',
    givenAt,
    party: 'judicialOffice',
    person: 'bing-1',
    dueAt: plus(givenAt, 20 * 60_000),
    words: '测试批示',
    fromName: null,
  };
  const { stageId } = await drill.say(recordInstruction, said);
  expect(stageId).toBe('1.leaderInstruction_1');
  await drill.switchTo('abscondingSearch');
  expect((await drill.position()).openStages).toContain(stageId);
  const told = await drill.toldDuring(() => drill.pass(35));
  expect(told).toContain(`${stageId} judicialOffice:overdue → judicialOffice 0.0`);
  expect(told).toContain(`${stageId} judicialOffice:overdue → dutyLeader 2.0`);
  await drill.record('leaderInstruction_1', 'carriedOut', 'bing-1');
  expect(await endings(drill)).toContain(`${stageId} carriedOut`);
  const mails = ground.smtp.messages.map(({ text }) => text);
  expect(mails.filter((text) => text.includes('测试批示'))).toEqual([]); // its words stand in no message
  expect(await refusalOf(drill.say(recordInstruction, { ...said, party: 'policeStation' }))).toBe(
    'UnknownParty',
  );
}, 240_000);

test('what went above the county is on record, with who decided that', async () => {
  const drill = await startDrill(ground, 'riskSigns', NIGHT);
  const handed = {
    report: 0,
    document,
    party: 'cityJusticeEmergencyOffice',
    channel: 'paper' as const,

    handedAt: await lastAt(drill),
    decidedBy: 'chief',
    by: 'leading-1',
    receiver: '测试收件人',
    note: null,
  };
  await drill.say(handOnReport, handed);
  const [entry] = (await drill.written()).timeline.slice(-1);
  expect(entry).toMatchObject({
    kind: 'reportHandedOn',
    data: { decidedBy: 'chief' },
    personal: ['receiver'],
  });
  expect((await drill.open()).some((stage) => stage.startsWith('reportReceipt'))).toBe(false);
}, 240_000);
