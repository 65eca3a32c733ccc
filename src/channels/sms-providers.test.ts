import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  startJsonServer,
  type JsonServer,
  type Reply,
  type Request,
} from '../../test/harness/json-server.ts';
import { signAcs3 } from './acs3.ts';
import { createAliyunSms, createAliyunVoice } from './aliyun.ts';
import type { Channel } from './channel.ts';
import { failureCode, isPermanent } from './failure.ts';
import { signTc3 } from './tc3.ts';
import { createTencentSms } from './tencent.ts';

const key = { id: 'LTAI-of-a-test', secret: 'geheim' };
const notice = {
  id: 'an-incident/1.report/1/office/0/0',
  to: '+8613900000001',
  text: '',
  values: { number: 'YS-2026-0001', urgency: '特急', duty: '报警', phone: '000-0000-0101', link: 'abc' },
};
const at = Date.parse('2026-03-06T18:13:00Z');

let provider: JsonServer;
let requests: Request[];
let replies: Reply[];

beforeEach(async () => {
  requests = [];
  replies = [];
  provider = await startJsonServer((request) => {
    requests.push(request);
    return replies.shift() ?? null;
  });
});
afterEach(() => provider.stop());

const says = (body: unknown, status = 200): void => void replies.push({ status, body });

const failureOf = async (channel: Channel) => {
  const error = await channel.send(notice).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(String(error)).not.toMatch(/geheim|LTAI|139/);
  return { code: failureCode(error), permanent: isPermanent(error) };
};

const aliyun = (deadline?: number): Channel =>
  createAliyunSms({
    key,
    signature: '示例司法局',
    template: 'SMS_100000001',
    parameters: ['number', 'urgency', 'duty', 'phone'],
    endpoint: provider.url,
    deadline,
    now: () => at,
  });

test('阿里云: one number, the approved signature and template with its variables by name, signed', async () => {
  // an answer as the documentation of SendSms shows it
  says({ Message: 'OK', RequestId: 'F655A8D5-B967-440B-8683', Code: 'OK', BizId: '9006197469364984400' });
  expect(await aliyun().send(notice)).toEqual({ code: 'ALIYUN_OK', providerId: '9006197469364984400' });

  const { method, path, headers, text } = requests[0]!;
  const asked = Object.fromEntries(new URL(path, provider.url).searchParams);
  expect([method, text]).toEqual(['POST', '']);
  expect(asked).toEqual({
    PhoneNumbers: '13900000001',
    SignName: '示例司法局',
    TemplateCode: 'SMS_100000001',
    TemplateParam: '{"number":"YS-2026-0001","urgency":"特急","duty":"报警","phone":"000-0000-0101"}',
    OutId: notice.id,
  });
  expect(headers).toMatchObject({ 'x-acs-action': 'SendSms', 'x-acs-version': '2017-05-25' });
  expect(headers['content-type']).toBeUndefined(); // what is sent, but not signed, is refused
  const again = signAcs3(key, {
    host: headers.host!,
    action: 'SendSms',
    version: '2017-05-25',
    query: asked,
    now: at,
    nonce: String(headers['x-acs-signature-nonce']),
  });
  expect(headers.authorization).toBe(again.headers.authorization);
});

test('阿里云: its answers are understood', async () => {
  says({ Code: 'isv.MOBILE_NUMBER_ILLEGAL', Message: '13900000001invalid mobile number' });
  expect(await failureOf(aliyun())).toEqual({ code: 'ALIYUN_MOBILE_NUMBER_ILLEGAL', permanent: true });
  says({ Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: '触发天级流控Permits:10' });
  expect(await failureOf(aliyun())).toEqual({ code: 'RATE_LIMITED', permanent: false });
  says({ Code: 'isv.AMOUNT_NOT_ENOUGH', Message: '账户余额不足' });
  expect(await failureOf(aliyun())).toEqual({ code: 'ALIYUN_AMOUNT_NOT_ENOUGH', permanent: false });
  says({ Code: 'SignatureDoesNotMatch', Message: 'Specified signature does not match' }, 400);
  expect(await failureOf(aliyun())).toEqual({ code: 'AUTH', permanent: false });
  says('<html>', 503);
  expect(await failureOf(aliyun())).toEqual({ code: 'HTTP_503', permanent: false });
});

test('阿里云 never answering is given up in time', async () => {
  expect(await failureOf(aliyun(200))).toEqual({ code: 'TIMEOUT', permanent: false });
});

test('阿里云语音: calls one number, also a fixed line, and reads twice', async () => {
  says({ Code: 'OK', Message: 'OK', RequestId: 'D9CB3933', CallId: '116012354148^102813140000' });
  const voice = createAliyunVoice({
    key,
    template: 'TTS_100000001',
    parameters: ['number', 'duty'],
    shownNumber: '04770000001',
    endpoint: provider.url,
  });
  expect(await voice.send({ ...notice, to: '+864772000000' })).toEqual({
    code: 'ALIYUN_OK',
    providerId: '116012354148^102813140000',
  });
  expect(Object.fromEntries(new URL(requests[0]!.path, provider.url).searchParams)).toEqual({
    CalledNumber: '04772000000',
    CalledShowNumber: '04770000001',
    TtsCode: 'TTS_100000001',
    TtsParam: '{"number":"YS-2026-0001","duty":"报警"}',
    PlayTimes: '2',
    OutId: notice.id,
  });
});

const tencent = (): Channel =>
  createTencentSms({
    key,
    appId: '1400006666',
    signature: '示例司法局',
    template: '1110',
    parameters: ['number', 'duty', 'link'],
    endpoint: provider.url,
    now: () => at,
  });
const status = (Code: string) => ({
  Response: {
    SendStatusSet: [
      {
        SerialNo: '5000:1045710669157053657849499619',
        PhoneNumber: '+8613900000001',
        Fee: Code === 'Ok' ? 1 : 0,
        SessionContext: notice.id,
        Code,
        Message: '',
        IsoCode: 'CN',
      },
    ],
    RequestId: 'a0aabda6-cf91-4f3e-a81f-9198114a2279',
  },
});

test('腾讯云: one number, the template’s values in their order, signed', async () => {
  says(status('Ok'));
  expect(await tencent().send(notice)).toEqual({
    code: 'TENCENT_OK',
    providerId: '5000:1045710669157053657849499619',
  });
  const { headers, text } = requests[0]!;
  expect(JSON.parse(text)).toEqual({
    PhoneNumberSet: ['+8613900000001'],
    SmsSdkAppId: '1400006666',
    SignName: '示例司法局',
    TemplateId: '1110',
    TemplateParamSet: ['YS-2026-0001', '报警', 'abc'],
    SessionContext: notice.id,
  });
  expect(headers).toMatchObject({
    'x-tc-action': 'SendSms',
    'x-tc-version': '2021-01-11',
    'x-tc-timestamp': String(at / 1000),
    'content-type': 'application/json; charset=utf-8',
    authorization: signTc3(key, {
      host: headers.host!,
      service: 'sms',
      body: text,
      headers: { 'x-tc-action': 'sendsms' },
      now: at,
    }),
  });
});

test('腾讯云: its answers are understood, the request’s and the number’s', async () => {
  says(status('FailedOperation.PhoneNumberInBlacklist'));
  expect(await failureOf(tencent())).toEqual({ code: 'TENCENT_PHONE_NUMBER_IN_BLACKLIST', permanent: true });
  says(status('LimitExceeded.PhoneNumberThirtySecondLimit'));
  expect(await failureOf(tencent())).toEqual({ code: 'RATE_LIMITED', permanent: false });
  says({
    Response: { Error: { Code: 'AuthFailure.SignatureFailure', Message: 'check it' }, RequestId: 'e' },
  });
  expect(await failureOf(tencent())).toEqual({ code: 'AUTH', permanent: false });
  says({ Response: { RequestId: 'e' } });
  expect(await failureOf(tencent())).toEqual({ code: 'HTTP_200', permanent: false });
});
