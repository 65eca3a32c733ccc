import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { buildApp } from '../../src/api/app.ts';
import { createGatewaySms, createGatewayVoice } from '../../src/channels/gateway.ts';
import type { MessageKey } from '../../src/incident/ids.ts';
import { parseLimit } from '../../src/plan/limit.ts';
import { loadOrganisation, type Organisation, type Person } from '../../src/people/organisation.ts';
import type { ContactMethod } from '../../src/people/methods.ts';
import { revokeLink } from '../../src/workflows/messages-receipts.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';
import { startSmsGateway, type SmsGateway } from '../harness/sms-gateway.ts';

/** The last metre of an alarm: numbers that are missing, refused or not picked up, at 02:13 on a holiday. */
const NATIONAL_DAY = '2026-10-01T18:13:00.000Z'; // 02:13 on 2 October in Shanghai

const SMS = '+8613900000002';
const VOICE = '+8613900000003';
const LEADER = '+8613900000004';
const CHIEF = '+8613900000005';

const by = (...order: ContactMethod['by'][]): ContactMethod[] =>
  order.map((by) => ({ by, wait: parseLimit('PT1M')!, repeats: by === 'voice' ? 1 : 0 }));

/** The sample organisation, with other ways to reach the people the township is told through. */
function organisation(): Organisation {
  const sample = loadOrganisation('plans/organisation.sample.yaml');
  const changed: Record<string, Partial<Person>> = {
    'township-jia-1': { phone: undefined, email: undefined, methods: by('sms', 'voice') },
    'township-jia-2': { phone: SMS, methods: by('sms') },
    'township-jia-leader': { phone: VOICE, methods: by('voice') },
    'deputy-1': { phone: LEADER, methods: by('sms', 'voice', 'email') },
    chief: { phone: CHIEF, methods: by('sms', 'email') },
  };
  return { ...sample, people: sample.people.map((person) => ({ ...person, ...changed[person.id] })) };
}

let ground: DrillGround;
let gateway: SmsGateway;
let api: Awaited<ReturnType<typeof buildApp>>;
let reports: string;
beforeAll(async () => {
  gateway = await startSmsGateway();
  const { url, secret } = gateway;
  ground = await layGround({
    organisation: organisation(),
    channels: { sms: createGatewaySms({ url, secret }), voice: createGatewayVoice({ url, secret }) },
    now: () => NATIONAL_DAY,
  });
  const log = pino({ enabled: false });
  const quiet = {
    checkMail: async () => undefined,
    refreshRosters: async () => undefined,
    refreshPlan: async () => undefined,
  };
  api = await buildApp({ ...ground, gatewaySecret: secret, ...quiet, log });
  reports = `${await api.listen({ port: 0 })}/api/delivery-reports/gateway`;
}, 240_000);
afterEach(() => {
  gateway.answer(null);
  gateway.beforeAnswering(null);
  return ground.clear();
});
afterAll(async () => {
  await api.close();
  await ground.leave();
  await gateway.close();
});

/** The tries on the township's line of 向苏木（镇）指挥小组报告, as the record has them. */
const tries = async (drill: Drill): Promise<unknown[]> => {
  const { branches } = await drill.written();
  const stage = branches[0]!.stages.find(({ stage }) => stage === 'reportTownship')!;
  return stage.told
    .filter(({ key }) => key.includes('/townshipCommandGroup/'))
    .map(({ party, person, channel, result, code }) => [party, person, channel, result, code]);
};

const calls = (to: string) => gateway.messages.filter((message) => message.to === to);

test('02:13 on a holiday: no number, a text refused, two calls missed, the duty leader confirms by link', async () => {
  gateway.refuse(SMS, 'NUMBER_INVALID');
  const drill = await startDrill(ground, 'violentAct');
  const [first] = calls(VOICE);
  expect(await gateway.report(first!, { url: reports, status: 'noAnswer', code: 'NO_ANSWER' })).toBe(202);
  const second = await gateway.nextMessage(({ to, id }) => to === VOICE && id !== first!.id);
  expect(await gateway.report(second, { url: reports, status: 'noAnswer', code: 'NO_ANSWER' })).toBe(202);
  const text = await gateway.nextMessage(({ to, text }) => to === LEADER && text.includes('指挥小组'));

  const link = new URL(/https?:\S+$/.exec(text.text)![0]).pathname;
  const page = await api.inject(link);
  const receipt = String(page.headers.location);
  expect((await api.inject(receipt)).statusCode).toBe(200);
  const confirmed = await api.inject({ method: 'POST', url: receipt });
  expect(confirmed.statusCode).toBe(200);
  await drill.pass(10);

  expect(await tries(drill)).toEqual([
    ['townshipCommandGroup', 'township-jia-1', null, 'noContact', null],
    ['townshipCommandGroup', 'township-jia-2', 'sms', 'refused', 'GATEWAY_NUMBER_INVALID'],
    ['townshipDutyLeader', 'township-jia-leader', 'voice', 'accepted', 'GATEWAY_202'],
    ['townshipDutyLeader', 'township-jia-leader', 'voice', 'accepted', 'GATEWAY_202'],
    ['dutyLeader', 'deputy-1', 'sms', 'accepted', 'GATEWAY_202'],
  ]);
  const { timeline } = await drill.written();
  expect(timeline.filter(({ kind }) => kind === 'deliveryReported').map(({ data }) => data.status)).toEqual([
    'noAnswer',
    'noAnswer',
  ]);
  // No step waited where nobody could answer: all of it stands within the wait for the first.
  const told = timeline.filter(
    ({ kind, data }) => kind === 'messageSent' && data.line === 'townshipCommandGroup',
  );
  const opened = timeline.find(
    ({ kind, data }) => kind === 'stageOpened' && data.stage === 'reportTownship',
  )!;
  for (const { at } of told) expect(Date.parse(at) - Date.parse(opened.at)).toBeLessThan(5 * 60_000);
}, 240_000);

test('a call reported as missed before its sending has ended is followed by their next one, and nobody is passed over', async () => {
  gateway.refuse(SMS, 'NUMBER_INVALID');
  const answers: number[] = [];
  gateway.beforeAnswering(async (message) => {
    const isFirst = message.to === VOICE && !message.id.includes('/m');
    if (isFirst) answers.push(await gateway.report(message, { url: reports, status: 'noAnswer' }));
  });
  const drill = await startDrill(ground, 'violentAct');
  const again = ({ to, id }: { to: string; id: string }) => to === VOICE && id.startsWith(drill.id);
  const [first] = gateway.messages.filter(again);
  await gateway.nextMessage((message) => again(message) && message.id !== first!.id);
  expect(answers).toEqual([202]);
  await drill.written();
  expect((await tries(drill)).slice(2)).toEqual([
    ['townshipDutyLeader', 'township-jia-leader', 'voice', 'accepted', 'GATEWAY_202'],
    ['townshipDutyLeader', 'township-jia-leader', 'voice', 'accepted', 'GATEWAY_202'],
  ]);
}, 240_000);

test('without an answer the same person is tried by their next method, and the plan goes on at its own time', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(20);
  const toLeader = (await tries(drill)).filter((tried) => (tried as string[])[1] === 'deputy-1');
  expect(toLeader.map((tried) => (tried as string[])[2])).toEqual(['sms', 'voice', 'voice', 'email']);
}, 240_000);

test('a message to the wrong person is revoked: no further method of theirs is tried, the next is told at once', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const toLeader = ({ to, id }: { to: string; id: string }): boolean =>
    to === VOICE && id.startsWith(drill.id);
  const wrong = gateway.messages.filter(toLeader);
  const key = wrong[0]!.id.replace(/#voice$/, '') as MessageKey;
  await drill.say(revokeLink, { key, by: 'jia-1', reason: '打错电话' });
  await drill.pass(3);
  expect(gateway.messages.filter(toLeader)).toEqual(wrong);
  expect((await tries(drill)).slice(2, 4).map((tried) => (tried as string[])[1])).toEqual([
    'township-jia-leader',
    'deputy-1',
  ]);
}, 240_000);

test('a gateway out of order for an hour: alarms go by mail at once, texts come back by themselves, nothing twice', async () => {
  gateway.answer(500);
  const drill = await startDrill(ground, 'violentAct', { office: 'yi' });
  const before = gateway.messages.length;
  await drill.pass(60);
  const { timeline } = await drill.written();
  const settled = timeline.filter(
    ({ kind, data }) => kind === 'messageSettled' && data.person === 'deputy-1' && data.result === 'accepted',
  );
  expect(settled.length).toBeGreaterThan(0);
  for (const { data } of settled) {
    expect(data.channel).toBe('email');
    expect(
      (data.tries as { channel: string; code: string }[]).map(({ channel, code }) => [channel, code]),
    ).toEqual([
      ['sms', 'GATEWAY_BUSY'],
      ['voice', 'GATEWAY_BUSY'],
    ]);
  }
  expect(gateway.messages.length).toBe(before);
  gateway.answer(null);
  await drill.pass(40);
  expect(gateway.messages.length).toBeGreaterThan(before);
  const ids = gateway.messages.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
}, 240_000);

test('a report with a bad signature, or of a message nobody sent, changes nothing and says so', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const [call] = gateway.messages.slice(-1);
  const status = 'noAnswer' as const;
  expect(await gateway.report(call!, { url: reports, status, secret: 'somebody else entirely' })).toBe(401);
  expect(await gateway.report(call!, { url: reports, status, at: Date.now() - 600_000 })).toBe(401);
  const unknown = { ...call!, id: call!.id.replace(drill.id, '00000000-0000-4000-8000-000000000000') };
  expect(await gateway.report(unknown, { url: reports, status })).toBe(404);
  expect(await gateway.report({ ...call!, id: 'no key at all' }, { url: reports, status })).toBe(404);
  const { timeline } = await drill.written();
  expect(timeline.some(({ kind }) => kind === 'deliveryReported')).toBe(false);
}, 240_000);
