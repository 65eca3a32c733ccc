import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { buildApp } from '../../src/api/app.ts';
import { createAliyunVoice } from '../../src/channels/aliyun.ts';
import { createTencentSms } from '../../src/channels/tencent.ts';
import { parseLimit } from '../../src/plan/limit.ts';
import { loadOrganisation } from '../../src/people/organisation.ts';
import { layGround, startDrill, type Drill, type DrillGround } from '../harness/drill.ts';
import { startJsonServer, type JsonServer } from '../harness/json-server.ts';

/** What 腾讯云 and 阿里云 report of a text and a call, in their own forms, by real HTTP. */
const SECRET = 'a-secret-that-stands-in-the-address';
const WAIT = parseLimit('PT20M')!;
const LEADER = '+8613900000004';

let ground: DrillGround;
let tencent: JsonServer;
let aliyun: JsonServer;
let api: Awaited<ReturnType<typeof buildApp>>;
let here: string;
const texts: { serial: string; key: string; to: string }[] = [];
const calls: { outId: string; to: string }[] = [];
const logged: string[] = [];

beforeAll(async () => {
  tencent = await startJsonServer(({ text }) => {
    const { PhoneNumberSet, SessionContext } = JSON.parse(text) as Record<string, string>;
    const serial = `5000:${texts.length + 1}`;
    texts.push({ serial, key: SessionContext!, to: PhoneNumberSet![0]! });
    return { status: 200, body: { Response: { SendStatusSet: [{ Code: 'Ok', SerialNo: serial }] } } };
  });
  aliyun = await startJsonServer(({ path }) => {
    const query = new URL(path, 'http://aliyun.invalid').searchParams;
    calls.push({ outId: query.get('OutId')!, to: query.get('CalledNumber')! });
    return { status: 200, body: { Code: 'OK', CallId: `call^${calls.length}` } };
  });
  const sample = loadOrganisation('plans/organisation.sample.yaml');
  const key = { id: 'test-key', secret: 'test-secret' };
  const parameters = ['number' as const];
  ground = await layGround({
    organisation: {
      ...sample,
      people: sample.people.map(
        (person) =>
          person.id === 'deputy-1'
            ? {
                ...person,
                phone: LEADER,
                methods: (['sms', 'voice', 'email'] as const).map((by) => ({ by, wait: WAIT, repeats: 0 })),
              }
            : { ...person, phone: undefined }, // by mail alone
      ),
    },
    channels: {
      sms: createTencentSms({
        key,
        parameters,
        endpoint: tencent.url,
        appId: '1400000000',
        signature: '虚构旗',
        template: '1',
      }),
      voice: createAliyunVoice({ key, parameters, endpoint: aliyun.url, template: 'TTS_1' }),
    },
  });
  const lines = new PassThrough();
  lines.on('data', (line: Buffer) => logged.push(line.toString()));
  api = await buildApp({
    ...ground,
    reportsSecret: SECRET,
    log: pino(lines),

    checkMail: async () => undefined,
    refreshRosters: async () => undefined,
    refreshPlan: async () => undefined,
  });
  here = await api.listen({ host: '127.0.0.1', port: 0 });
}, 240_000);
afterEach(() => ground.clear());
afterAll(async () => {
  await api.close();
  await ground.leave();
  await tencent.stop();
  await aliyun.stop();
});

const report = async (provider: string, body: unknown, secret = SECRET) => {
  const answer = await fetch(`${here}/api/delivery-reports/${provider}/${secret}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const failed = (sid: string) => [
  {
    user_receive_time: '2026-03-07 02:13:04',
    nationcode: '86',
    mobile: '13900000004',
    report_status: 'FAIL',
    errmsg: 'MK:0001',
    description: '用户关机',
    sid,
  },
];
const reported = async (drill: Drill) => {
  const { timeline } = await drill.written();
  return timeline
    .filter(({ kind }) => kind === 'deliveryReported')
    .map(({ data }) => [String(data.key), data.status, data.code]);
};
const toLeader = (drill: Drill) => texts.find(({ to, key }) => to === LEADER && key.startsWith(drill.id));

test('腾讯云 reports a text as failed under its own id: the call goes out at once; 阿里云 that nobody took it: the mail', async () => {
  const drill = await startDrill(ground, 'violentAct');
  await drill.pass(10);
  const text = toLeader(drill)!;
  expect(calls.filter(({ outId }) => outId.startsWith(drill.id))).toEqual([]);

  expect(await report('tencent-sms', failed(text.serial))).toEqual({
    status: 200,
    body: { result: 0, errmsg: 'OK' },
  });
  expect(await reported(drill)).toEqual([[text.key, 'failed', 'MK:0001']]);
  const [call] = calls.filter(({ outId }) => outId.startsWith(drill.id));
  expect(call!.to).toBe('13900000004');

  const unanswered = {
    call_id: 'call^1',
    out_id: call!.outId,
    status_code: '200003',
    end_time: '',
    originate_time: '2026-03-07 02:14:00',
  };
  expect(await report('aliyun-voice', [unanswered])).toEqual({
    status: 200,
    body: { code: 0, msg: '接收成功' },
  });
  expect((await reported(drill)).at(-1)).toEqual([call!.outId, 'noAnswer', '200003']);
  // Said twice, it changes nothing.
  await report('aliyun-voice', [unanswered]);
  expect(await reported(drill)).toHaveLength(2);
}, 240_000);

test('of a message that is not ours the provider hears thanks, and it is counted', async () => {
  const drill = await startDrill(ground, 'violentAct');
  const ofAnotherApplication = failed('2019:538884');
  expect((await report('tencent-sms', ofAnotherApplication)).status).toBe(200);
  const sms = { biz_id: '1', success: true, err_code: 'DELIVERED', report_time: '2026-03-07 02:13:06' };
  const gone = '00000000-0000-4000-8000-000000000000/1.policeCall/1/judicialOffice/0/0';
  const strange = [sms, { ...sms, out_id: 'of-another-system' }, { ...sms, out_id: gone }];
  expect(await report('aliyun-sms', strange)).toEqual({ status: 200, body: { code: 0, msg: '接收成功' } });
  const counted = logged
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ unknown }) => unknown);
  expect(counted.map(({ provider, unknown, unknownSoFar }) => [provider, unknown, unknownSoFar])).toEqual([
    ['tencent-sms', 1, 1],
    ['aliyun-sms', 3, 4],
  ]);
  expect(logged.join('')).not.toContain(SECRET);
  expect(await reported(drill)).toEqual([]);
}, 240_000);

test('without the secret, or of no provider, there is no such address; what cannot be read is named', async () => {
  const nowhere = { status: 404, body: { code: 'NOT_FOUND' } };
  expect(await report('tencent-sms', failed('5000:1'), 'another-secret')).toMatchObject(nowhere);
  expect(await report('tencent-sms', failed('5000:1'), `${SECRET}x`)).toMatchObject(nowhere);
  expect(await report('somebody', failed('5000:1'))).toMatchObject(nowhere);
  expect(await report('tencent-sms', [{}])).toMatchObject({
    status: 400,
    body: { code: 'MALFORMED_REPORT' },
  });
});
