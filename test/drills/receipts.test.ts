import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { generateKey, parseKeyring } from '../../src/crypto/keyring.ts';
import { plus, toInstant } from '../../src/incident/instant.ts';
import { openPersonal } from '../../src/store/personal.ts';
import { openApi, type DrillApi } from '../harness/drill-api.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';
import { about, noticeIn, receiptLink, type WantedNotice } from '../harness/mail.ts';

/** Receipts without accounts: by link, by phone, on paper. On the Wushen plan with the sample bureau's limits. */
const keyring = parseKeyring(generateKey());
let ground: DrillGround;
let api: DrillApi;
beforeAll(async () => {
  ground = await layGround({ keyring });
  api = await openApi(ground, keyring);
}, 240_000);
afterEach(() => ground.clear());
afterAll(async () => {
  await api.close();
  await ground.leave();
});

/** The mail that somebody got in this drill. */
async function mailTo(drill: Drill, wanted: WantedNotice) {
  await drill.written();
  const mail = ground.smtp.messages.find(about({ ...wanted, incidentId: drill.id }));
  if (!mail) throw new Error(`no mail about ${JSON.stringify(wanted)}`);
  return { link: receiptLink(mail), key: noticeIn(mail).key };
}
const entries = async (drill: Drill, kind: string) =>
  (await drill.written()).timeline.filter((entry) => entry.kind === kind);
const opened = async (drill: Drill, seq: number) => (await openPersonal(ground.register, drill.id)).get(seq);
const lineOf = async (drill: Drill, line: string): Promise<string[]> =>
  (await drill.told()).filter((told) => told.startsWith(`${line} `)).map((told) => told.split('→ ')[1]!);
const openIds = async (drill: Drill): Promise<string[]> => (await drill.position()).openStages;
const now = async () => toInstant(await ground.env.currentTimeMs());

test('已到场 by link with a note: a receipt as well, on record with its time, once, and no end of the duty', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const { link, key } = await mailTo(drill, { person: 'police-jia-1' });
  const shown = await api.page(link, null, drill);
  expect(shown.text).toContain('已到场');
  expect(shown.text).not.toMatch(/测试人|时限|无法处理/);

  const words = '两名民警已在门口';
  const arrived = await api.page(link, { answer: 'arrived', note: words }, drill);
  expect(arrived).toMatchObject({ status: 200, text: expect.stringContaining('已登记到场') });
  const [entry] = await entries(drill, 'arrived');
  expect(entry!.data).toMatchObject({ key, person: 'police-jia-1' });
  expect(JSON.stringify(entry!.data)).not.toContain(words);
  expect(await opened(drill, entry!.seq)).toEqual({ note: words });
  expect(await entries(drill, 'acknowledged')).toHaveLength(1);
  expect(await openIds(drill)).toContain('1.policeCall');

  const again = await api.page(link, { answer: 'arrived', note: '又一次' }, drill);
  expect(again).toMatchObject({ status: 200, text: expect.stringContaining('此前已登记到场') });
  expect(await entries(drill, 'arrived')).toHaveLength(1);
  const message = (await drill.written()).branches[0]!.stages.flatMap(({ told }) => told).find(
    (told) => told.key === key,
  )!;
  expect([message.acknowledgedAt, message.arrivedAt]).toEqual([entry!.at, entry!.at]);

  await drill.pass(45);
  expect(await lineOf(drill, '1.policeCall policeStation')).toEqual(['policeStation 0.0']);
}, 240_000);

test('a phoned receipt by 代录 counts like a link: both times on record, the caller sealed, nobody asked again', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(10);
  const toldAt = plus(await now(), -3 * 60_000);
  const receipt = {
    by: 'jia-1',
    stage: '1.policeCall',
    party: 'policeStation',
    channel: 'phone',
    toldAt,
    caller: { name: '测试值班员', number: '139 0000 0001' },
    note: '已派警',
  };
  const path = `/api/incidents/${drill.id}/receipts`;
  const registered = await api.post(path, receipt, [drill]);
  expect(registered).toMatchObject({ status: 200, body: { toldAt, again: false } });
  const [entry] = await entries(drill, 'receiptRegistered');
  expect(entry!.data).toMatchObject({ party: 'policeStation', channel: 'phone', toldAt, by: 'jia-1' });
  expect(entry!.at > toldAt).toBe(true);
  expect(JSON.stringify(entry!.data)).not.toMatch(/测试值班员|0001|已派警/);
  expect(await opened(drill, entry!.seq)).toEqual({
    'caller.name': '测试值班员',
    'caller.number': '139 0000 0001',
    note: '已派警',
  });
  expect(await api.post(path, receipt, [drill])).toMatchObject({ status: 200, body: { again: true } });

  const before = await lineOf(drill, '1.policeCall policeStation');
  await drill.pass(60);
  expect(await lineOf(drill, '1.policeCall policeStation')).toEqual(before);
  expect(await entries(drill, 'receiptRegistered')).toHaveLength(1);
}, 240_000);

test('代录 of what cannot have been said yet, or was said before anybody was asked, is refused', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(5);
  const at = await now();
  const refusal = async (toldAt: string, more: object = { stage: '1.policeCall', party: 'policeStation' }) =>
    (
      await api.post(
        `/api/incidents/${drill.id}/receipts`,
        { by: 'jia-1', channel: 'paper', toldAt, ...more },
        [drill],
      )
    ).body.code;
  expect(await refusal(plus(at, 60 * 60_000))).toBe('ToldInFuture');
  expect(await refusal(plus(at, -60 * 60_000))).toBe('ToldBeforeSent');
  const { key } = await mailTo(drill, { person: 'police-jia-1' });
  expect(await refusal(plus(at, -60 * 60_000), { key })).toBe('ToldBeforeSent');
  expect(await refusal(at, { stage: '1.policeCall', party: 'cityJusticeEmergencyOffice' })).toBe(
    'UnknownParty',
  );
  expect(await refusal(at, { stage: '1.policeCall' })).toBe('INVALID_REQUEST');
  expect(await entries(drill, 'receiptRegistered')).toEqual([]);
}, 240_000);

test('无法处理 tells the next in line at once, with the reason on record; an outside party cannot say it', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const { link } = await mailTo(drill, { person: 'jia-1', stageId: '1.departure' });
  expect(await api.page(link, { answer: 'declined', note: '' }, drill)).toMatchObject({
    status: 422,
    text: expect.stringContaining('请填写原因'),
  });
  const before = await lineOf(drill, '1.departure judicialOffice');
  const declined = await api.page(link, { answer: 'declined', note: '本人在外地' }, drill);
  expect(declined).toMatchObject({ status: 200, text: expect.stringContaining('已转告下一级') });
  expect(before).toEqual(['judicialOffice 0.0']);
  expect(await lineOf(drill, '1.departure judicialOffice')).toEqual([
    'judicialOffice 0.0',
    'judicialOffice 1.0',
  ]);
  const told = (await entries(drill, 'messageSent')).filter(
    ({ data }) => data.stageId === '1.departure' && data.rung === 1,
  );
  expect(told.map(({ data }) => data.kind)).toEqual(['declined']);
  const [entry] = await entries(drill, 'declined');
  expect(entry!.data).toMatchObject({ person: 'jia-1', movedOn: true });
  expect(await opened(drill, entry!.seq)).toEqual({ reason: '本人在外地' });
  expect(await api.page(link, { answer: 'declined', note: '再按' }, drill)).toMatchObject({
    status: 200,
    text: expect.stringContaining('此前已登记无法处理'),
  });
  expect(await openIds(drill)).toContain('1.departure');

  const police = await mailTo(drill, { person: 'police-jia-1' });
  expect(await api.page(police.link, { answer: 'declined', note: '测试' }, drill)).toMatchObject({
    status: 422,
    text: expect.stringContaining('没有此项'),
  });
  expect(await entries(drill, 'declined')).toHaveLength(1);
}, 240_000);

test('a form that is no answer, or far too long, gets a page that says so', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const { link } = await mailTo(drill, { person: 'jia-1', stageId: '1.departure' });
  const odd = { answer: 'received', note: '字'.repeat(20_000) };
  expect(await api.page(link, odd, drill)).toMatchObject({
    status: 413,
    text: expect.stringContaining('本次没有记录'),
  });
  expect((await api.page(link, { answer: 'done' }, drill)).status).toBe(400);
  expect(await entries(drill, 'acknowledged')).toEqual([]);
}, 240_000);

test('whoever confirmed and then cannot handle it gives it back', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const { link } = await mailTo(drill, { person: 'leading-1', stageId: '1.reportLeadingGroup' });
  await api.page(link, { answer: 'received' }, drill);
  await drill.pass(15);
  const line = '1.reportLeadingGroup leadingGroupOffice';
  expect(await lineOf(drill, line)).toEqual(['leadingGroupOffice 0.0']);
  await api.page(link, { answer: 'declined', note: '正在另一现场' }, drill);
  expect(await lineOf(drill, line)).toEqual(['leadingGroupOffice 0.0', 'leadingGroupOffice 1.0']);
}, 240_000);

test('a link of a stage that has ended says so and records nothing', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const { link } = await mailTo(drill, { person: 'jia-1', stageId: '1.departure' });
  await drill.record('departure', 'departed');
  await drill.written();
  for (const form of [
    null,
    { answer: 'received' },
    { answer: 'arrived' },
    { answer: 'declined', note: '测试' },
  ]) {
    expect(await api.page(link, form as Record<string, string> | null, drill)).toMatchObject({
      status: 409,
      text: expect.stringContaining('本环节已结束'),
    });
  }
  for (const kind of ['acknowledged', 'arrived', 'declined']) expect(await entries(drill, kind)).toEqual([]);
}, 240_000);

test('a mis-sent link is revoked: it says so, and what it alone had confirmed is told on', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const { link, key } = await mailTo(drill, { person: 'leading-1', stageId: '1.reportLeadingGroup' });
  await api.page(link, { answer: 'received' }, drill);
  const revoke = { by: 'jia-1', key, reason: '发错人' };
  const path = `/api/incidents/${drill.id}/messages/revoke`;
  expect(await api.post(path, revoke, [drill])).toMatchObject({ status: 200, body: { reopened: true } });
  expect(await api.post(path, revoke, [drill])).toMatchObject({ status: 200, body: { again: true } });
  for (const form of [null, { answer: 'arrived' }]) {
    expect(await api.page(link, form, drill)).toMatchObject({
      status: 410,
      text: expect.stringContaining('链接已撤销'),
    });
  }
  expect(await lineOf(drill, '1.reportLeadingGroup leadingGroupOffice')).toEqual([
    'leadingGroupOffice 0.0',
    'leadingGroupOffice 1.0',
  ]);
  const [entry] = await entries(drill, 'linkRevoked');
  expect(await opened(drill, entry!.seq)).toEqual({ reason: '发错人' });
}, 240_000);

test('a call is logged with number and words sealed, and is no receipt by itself', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(5);
  const call = {
    by: 'jia-1',
    to: { party: 'policeStation' },
    number: '139 0000 0002',
    answered: true,
    at: plus(await now(), -60_000),
    said: '对方称已派警',
  };
  const path = `/api/incidents/${drill.id}/calls`;
  expect((await api.post(path, call, [drill])).status).toBe(200);
  expect(
    (await api.post(path, { ...call, to: { person: 'jia-2' }, answered: false, said: null }, [drill])).status,
  ).toBe(200);
  const [first, second] = await entries(drill, 'phoneCalled');
  expect(first!.data).toMatchObject({ by: 'jia-1', person: null, party: 'policeStation', calledAt: call.at });
  expect(second!.data).toMatchObject({ person: 'jia-2', party: null, answered: false });
  expect(await opened(drill, first!.seq)).toEqual({ number: '139 0000 0002', said: '对方称已派警' });
  const refusal = async (change: object) => (await api.post(path, { ...call, ...change }, [drill])).body.code;
  // 回拨核实: of a number on file, and then identities may be said.
  const calledBack = {
    callback: true,
    purpose: '核对协查对象',
    at: new Date(Date.now() - 60_000).toISOString(),
  };
  expect(await refusal(calledBack)).toBe('CALLBACK_UNVERIFIED');
  const onFile = { ...call, ...calledBack, number: '139 0000 0009' };
  expect((await api.post(path, onFile, [drill])).status).toBe(200);
  expect(await entries(drill, 'phoneCalled')).toHaveLength(3);
  expect((await api.get(`/api/incidents/${drill.id}/identity-reads`)).text).toContain('party policeStation');
  expect(await refusal({ to: { person: 'nobody' } })).toBe('UNKNOWN_PERSON');
  expect(await refusal({ to: { party: 'nobody' } })).toBe('UnknownParty');
  expect(await refusal({ at: plus(await now(), 60 * 60_000) })).toBe('ToldInFuture');
  await drill.pass(20);
  expect((await lineOf(drill, '1.policeCall policeStation')).length).toBeGreaterThan(1);
}, 240_000);
