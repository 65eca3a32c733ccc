import { expect, test } from '@jest/globals';
import { startJsonServer, type Request } from '../../test/harness/json-server.ts';
import { startSmsGateway } from '../../test/harness/sms-gateway.ts';
import { contractSignature } from './contract-signature.ts';
import { readGatewayReport, type SignedReport } from './delivery-report.ts';
import { createGatewaySms } from './gateway.ts';
import { readAliyunSmsReports, readAliyunVoiceReports, readTencentSmsReports } from './provider-reports.ts';

const secret = 'a-secret-of-both-sides';
const now = Date.parse('2026-03-06T18:20:00Z');
const said = {
  id: 'an-incident/1.report/1/office/0/0',
  providerId: 'm-1',
  status: 'noAnswer',
  code: 'RING_TIMEOUT',
  at: '2026-03-07T02:19:30+08:00',
};

const signed = (body: unknown, change: Partial<SignedReport> = {}): SignedReport => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const timestamp = String(now / 1000);
  return {
    timestamp,
    signature: contractSignature(secret, timestamp, text),
    body: text,
    now,
    ...change,
  };
};

test('a gateway’s signed report is read', () => {
  expect(readGatewayReport(secret, signed(said))).toEqual({
    ok: true,
    reports: [{ ...said, at: '2026-03-06T18:19:30.000Z' }],
  });
});

test('one that was changed, signed by another, or not at all is not trusted', () => {
  const changed = signed(said, { body: JSON.stringify({ ...said, status: 'delivered' }) });
  expect(readGatewayReport(secret, changed)).toEqual({ ok: false, code: 'SIGNATURE_WRONG' });
  expect(readGatewayReport('another', signed(said))).toEqual({ ok: false, code: 'SIGNATURE_WRONG' });
  const later = signed(said, { timestamp: String(now / 1000 + 1) });
  expect(readGatewayReport(secret, later)).toEqual({ ok: false, code: 'SIGNATURE_WRONG' });
  for (const missing of [{ timestamp: undefined }, { signature: undefined }, { timestamp: 'now' }]) {
    const report = readGatewayReport(secret, signed(said, missing));
    expect(report).toEqual({ ok: false, code: 'SIGNATURE_MISSING' });
  }
});

test('one older than five minutes is a replay, and one from the future, too', () => {
  const at = (ms: number) => readGatewayReport(secret, signed(said, { now: now + ms }));
  expect(at(300_000).ok).toBe(true);
  expect(at(-300_000).ok).toBe(true);
  expect(at(300_001)).toEqual({ ok: false, code: 'TIMESTAMP_TOO_OLD' });
  expect(at(-300_001)).toEqual({ ok: false, code: 'TIMESTAMP_TOO_OLD' });
});

test('while a secret is changed, two signatures may stand in the header', () => {
  const { signature } = signed(said);
  expect(readGatewayReport(secret, signed(said, { signature: `v1=00, ${signature}` })).ok).toBe(true);
});

test('what is signed and still no report says so', () => {
  for (const body of ['', '[]', '{}', JSON.stringify({ ...said, status: 'maybe' }), { ...said, at: 'now' }]) {
    expect(readGatewayReport(secret, signed(body))).toEqual({ ok: false, code: 'MALFORMED_REPORT' });
  }
});

test('a code that may be a number or a sentence is not kept', () => {
  for (const code of ['13900000001', '139-0000-0001', 'absent subscriber', '关机']) {
    const report = readGatewayReport(secret, signed({ ...said, code }));
    expect(report).toMatchObject({ ok: true, reports: [{ code: null }] });
  }
});

test('the drills’ gateway reports the way it is written', async () => {
  const requests: Request[] = [];
  const office = await startJsonServer((request) => {
    requests.push(request);
    return { status: 204, body: '' };
  });
  const gateway = await startSmsGateway();
  const sms = createGatewaySms({ url: gateway.url, secret: gateway.secret, callback: `${office.url}/r` });
  await sms.send({ id: 'one', to: '+8613900000001', text: '演示' });
  const message = await gateway.nextMessage();
  expect(await gateway.report(message, { status: 'delivered' })).toBe(204);

  const { headers, text: body } = requests[0]!;
  const header = (name: string): string => String(headers[name]);
  const report = readGatewayReport(gateway.secret, {
    timestamp: header('fenghuo-timestamp'),
    signature: header('fenghuo-signature'),
    body,
    now: Date.now(),
  });
  expect(report).toMatchObject({
    ok: true,
    reports: [{ id: 'one', providerId: 'm-1', status: 'delivered' }],
  });
  await gateway.close();
  await office.stop();
});

test('阿里云短信: as its documentation shows one, and one that failed', () => {
  const body = [
    {
      phone_number: '13900000001',
      send_time: '2026-03-07 02:13:00',
      report_time: '2026-03-07 02:13:05',
      success: true,
      err_code: 'DELIVERED',
      err_msg: '用户接收成功',
      sms_size: '1',
      biz_id: '9006197469364984400',
      out_id: said.id,
    },
    { biz_id: '2', success: false, err_code: 'MK:0001', report_time: '2026-03-07 02:13:06' },
  ];
  expect(readAliyunSmsReports(JSON.stringify(body))).toEqual({
    ok: true,
    reports: [
      {
        id: said.id,
        providerId: '9006197469364984400',
        status: 'delivered',
        code: 'DELIVERED',
        at: '2026-03-06T18:13:05.000Z',
      },
      { id: null, providerId: '2', status: 'failed', code: 'MK:0001', at: '2026-03-06T18:13:06.000Z' },
    ],
  });
});

test('阿里云语音: answered, busy, not answered', () => {
  const call = (status_code: string, end_time: string) => ({
    call_id: '116012354148^102813140000',
    out_id: said.id,
    status_code,
    end_time,
    originate_time: '2026-03-07 02:13:00',
    callee: '13900000001',
  });
  const body = [
    call('200000', '2026-03-07 02:13:40'),
    call('200002', ''),
    call('200003', ''),
    call('200010', ''),
  ];
  const read = readAliyunVoiceReports(JSON.stringify(body));
  expect(read.ok && read.reports.map(({ status, at }) => [status, at.slice(11, 19)])).toEqual([
    ['delivered', '18:13:40'],
    ['busy', '18:13:00'],
    ['noAnswer', '18:13:00'],
    ['failed', '18:13:00'],
  ]);
});

test('腾讯云短信: as its documentation shows one', () => {
  const body = [
    {
      user_receive_time: '2026-03-07 02:13:04',
      nationcode: '86',
      mobile: '13900000001',
      report_status: 'SUCCESS',
      errmsg: 'DELIVRD',
      description: '用户短信送达成功',
      sid: '5000:1045710669157053657849499619',
    },
  ];
  expect(readTencentSmsReports(JSON.stringify(body))).toEqual({
    ok: true,
    reports: [
      {
        id: null,
        providerId: '5000:1045710669157053657849499619',
        status: 'delivered',
        code: 'DELIVRD',
        at: '2026-03-06T18:13:04.000Z',
      },
    ],
  });
});

test('what is no report of a provider says so', () => {
  for (const read of [readAliyunSmsReports, readAliyunVoiceReports, readTencentSmsReports]) {
    for (const body of ['', '{}', '[]', '[{}]']) {
      expect(read(body)).toEqual({ ok: false, code: 'MALFORMED_REPORT' });
    }
  }
});
