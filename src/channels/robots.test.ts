import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startJsonServer, type JsonServer, type Request } from '../../test/harness/json-server.ts';
import type { Channel } from './channel.ts';
import { failureCode, isPermanent } from './failure.ts';
import { createDingtalkRobot, createFeishuRobot, createWecomRobot } from './robots.ts';

const notice = { id: 'an-incident/1.report/1/office/0/0', to: '', text: '【特急】WS-2026-0001\n任务：报警' };
const now = () => Date.parse('2026-03-06T18:13:00.500Z');

let provider: JsonServer;
let requests: Request[];
let says: { status: number; body: unknown };

beforeEach(async () => {
  requests = [];
  provider = await startJsonServer((request) => {
    requests.push(request);
    return says;
  });
});
afterEach(() => provider.stop());

const answer = (body: unknown, status = 200): void => {
  says = { status, body };
};
const asked = (): { path: string; body: unknown } => ({
  path: requests[0]!.path,
  body: JSON.parse(requests[0]!.text),
});
const failureOf = async (channel: Channel) => {
  const error = await channel.send(notice).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(String(error) + JSON.stringify(error)).not.toMatch(/geheim|127\.0/);
  return { code: failureCode(error), permanent: isPermanent(error) };
};

const wecom = () => createWecomRobot({ webhook: `${provider.url}/cgi-bin/webhook/send?key=geheim` });
const dingtalk = (secret?: string) =>
  createDingtalkRobot({ webhook: `${provider.url}/robot/send?access_token=geheim`, secret, now });
const feishu = (secret?: string) =>
  createFeishuRobot({ webhook: `${provider.url}/open-apis/bot/v2/hook/geheim`, secret, now });

test('企业微信: the text, under the webhook’s key', async () => {
  answer({ errcode: 0, errmsg: 'ok' });
  expect(await wecom().send(notice)).toEqual({ code: 'WECOM_0' });
  expect(asked()).toEqual({
    path: '/cgi-bin/webhook/send?key=geheim',
    body: { msgtype: 'text', text: { content: notice.text } },
  });
});

test('钉钉: signed in the query, encoded', async () => {
  answer({ errcode: 0, errmsg: 'ok' });
  expect(await dingtalk('SEC-geheim').send(notice)).toEqual({ code: 'DINGTALK_0' });
  expect(asked()).toEqual({
    // the sign was made with openssl: printf '1772820780500\nSEC-geheim' | openssl dgst -sha256 -hmac SEC-geheim -binary | base64
    path: '/robot/send?access_token=geheim&timestamp=1772820780500&sign=7XEHa9RKki4Imx3IALMFiqeQ9%2F%2F1K9tskUxy2YVAj3A%3D',
    body: { msgtype: 'text', text: { content: notice.text } },
  });
});

test('飞书: signed in the body', async () => {
  answer({ code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success' });
  expect(await feishu('geheim').send(notice)).toEqual({ code: 'FEISHU_0' });
  expect(asked()).toEqual({
    path: '/open-apis/bot/v2/hook/geheim',
    body: {
      timestamp: '1772820780',
      // printf '' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf '1772820780\ngeheim' | xxd -p) -binary | base64
      sign: 'UhOBgR8zEHLfhT+hTXD3NIiZiTjBgB/tn8aombXlbGg=',
      msg_type: 'text',
      content: { text: notice.text },
    },
  });
});

test('a robot without a secret sends unsigned', async () => {
  answer({ errcode: 0 });
  await dingtalk().send(notice);
  expect(asked().path).toBe('/robot/send?access_token=geheim');
  requests = [];
  answer({ StatusCode: 0 });
  await feishu().send(notice);
  expect(asked().body).toEqual({ msg_type: 'text', content: { text: notice.text } });
});

test('too many a minute is temporary', async () => {
  answer({ errcode: 45009, errmsg: 'api freq out of limit' });
  expect(await failureOf(wecom())).toEqual({ code: 'RATE_LIMITED', permanent: false });
  answer({ errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' });
  expect(await failureOf(dingtalk())).toEqual({ code: 'RATE_LIMITED', permanent: false });
  for (const code of [11232, 9499]) {
    answer({ code, msg: 'frequency limited' }, 400);
    expect(await failureOf(feishu())).toEqual({ code: 'RATE_LIMITED', permanent: false });
  }
});

test('a webhook or key that is none is permanent', async () => {
  answer({ errcode: 93000, errmsg: 'invalid webhook url' });
  expect(await failureOf(wecom())).toEqual({ code: 'WECOM_93000', permanent: true });
  answer({ errcode: 300005, errmsg: 'token is not exist' });
  expect(await failureOf(dingtalk())).toEqual({ code: 'DINGTALK_300005', permanent: true });
  answer({ errcode: 310000, errmsg: 'sign not match' });
  expect(await failureOf(dingtalk('geheim'))).toEqual({ code: 'DINGTALK_310000', permanent: true });
  answer({ code: 19021, msg: 'sign match fail or timestamp is not within one hour' });
  expect(await failureOf(feishu('geheim'))).toEqual({ code: 'FEISHU_19021', permanent: true });
});

test('what nobody has explained is temporary, and an answer without a code is none', async () => {
  answer({ errcode: -1, errmsg: 'system busy' });
  expect(await failureOf(wecom())).toEqual({ code: 'WECOM_MINUS_1', permanent: false });
  answer('ok');
  expect(await failureOf(feishu())).toEqual({ code: 'HTTP_200', permanent: false });
  await provider.stop();
  expect(await failureOf(dingtalk())).toEqual({
    code: expect.stringMatching(/^CONNECT(_REFUSED|ION_LOST)$/), // a connection kept from before may be found cut
    permanent: false,
  });
});
