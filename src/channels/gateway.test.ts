import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startJsonServer } from '../../test/harness/json-server.ts';
import { startSmsGateway, type SmsGateway } from '../../test/harness/sms-gateway.ts';
import { failureCode, isPermanent } from './failure.ts';
import { createGatewaySms, createGatewayVoice } from './gateway.ts';
import type { Channel } from './channel.ts';

const officer = '+8613900000001';
const notice = { id: 'an-incident/1.report/1/office/0/0', to: officer, text: '【烽火】演示' };

let gateway: SmsGateway;
let sms: Channel;

beforeEach(async () => {
  gateway = await startSmsGateway();
  sms = createGatewaySms({ url: gateway.url, secret: gateway.secret });
});
afterEach(() => gateway.close());

const failureOf = async (sending: Promise<unknown>) => {
  const error = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error === null ? 'accepted' : { code: failureCode(error), permanent: isPermanent(error) };
};

test('a text arrives as it was written, under its own id, and the gateway’s id comes back', async () => {
  expect(await sms.send(notice)).toEqual({ code: 'GATEWAY_202', providerId: 'm-1' });
  expect(gateway.messages).toEqual([{ ...notice, id: `${notice.id}#sms`, kind: 'sms', providerId: 'm-1' }]);
});

test('a call goes the same way, and says where to report how it ended', async () => {
  const { url, secret } = gateway;
  const voice = createGatewayVoice({ url: `${url}/`, secret, callback: 'http://127.0.0.1/reports' });
  await voice.send(notice);
  expect(gateway.messages).toMatchObject([{ kind: 'voice', callback: 'http://127.0.0.1/reports' }]);
});

test('a repeat is told once and has the first one’s id', async () => {
  expect(await sms.send(notice)).toEqual(await sms.send(notice));
  expect(gateway.messages).toHaveLength(1);
});

test('a number refused with a code is permanent; the next number is reached all the same', async () => {
  gateway.refuse(officer, 'NUMBER_INVALID');
  expect(await failureOf(sms.send(notice))).toEqual({ code: 'GATEWAY_NUMBER_INVALID', permanent: true });
  expect(await failureOf(sms.send({ ...notice, id: 'another', to: '+8613900000002' }))).toBe('accepted');
});

test('too many, and a gateway in trouble, are temporary', async () => {
  gateway.answer(429);
  expect(await failureOf(sms.send(notice))).toEqual({ code: 'RATE_LIMITED', permanent: false });
  gateway.answer(503);
  expect(await failureOf(sms.send(notice))).toEqual({ code: 'GATEWAY_BUSY', permanent: false });
  gateway.answer(null);
  expect(await failureOf(sms.send(notice))).toBe('accepted');
});

test('a secret that does not fit is ours to mend', async () => {
  const wrong = createGatewaySms({ url: gateway.url, secret: 'another-secret-altogether' });
  expect(await failureOf(wrong.send(notice))).toEqual({ code: 'AUTH', permanent: false });
  expect(gateway.attempts).toEqual([]);
});

test('a gateway that never answers is given up in time', async () => {
  gateway.hang(true);
  const impatient = createGatewaySms({ url: gateway.url, secret: gateway.secret, deadline: 200 });
  expect(await failureOf(impatient.send(notice))).toEqual({ code: 'TIMEOUT', permanent: false });
});

test('a gateway that is down refuses for now; when it is back, texts go out', async () => {
  await sms.send({ ...notice, id: 'before' }); // leaves a connection that the gateway will have dropped
  await gateway.stop();
  expect(await failureOf(sms.send(notice))).toEqual({
    code: expect.stringMatching(/^CONNECT(_REFUSED|ION_LOST)$/),
    permanent: false,
  });
  await gateway.start();
  expect(await failureOf(sms.send(notice))).toBe('accepted');
});

test('a page of some proxy is no acceptance, and a redirection is not followed', async () => {
  const replies = [
    { status: 200, body: '<html>登录</html>' },
    { status: 302, body: {} },
    { status: 404, body: { code: 'NOT_FOUND' } },
  ];
  const proxy = await startJsonServer(() => replies.shift()!);
  const through = createGatewaySms({ url: proxy.url, secret: gateway.secret });
  expect(await failureOf(through.send(notice))).toEqual({ code: 'HTTP_200', permanent: false });
  expect(await failureOf(through.send(notice))).toEqual({ code: 'HTTP_302', permanent: false });
  expect(await failureOf(through.send(notice))).toEqual({ code: 'GATEWAY_NOT_FOUND', permanent: false });
  await proxy.stop();
});

test('what is no number is refused for good before anybody is asked', async () => {
  for (const to of ['', '110', '139 0000 0001', '+8613900000001,+8613900000002']) {
    expect(await failureOf(sms.send({ ...notice, to }))).toEqual({ code: 'BAD_ADDRESS', permanent: true });
  }
  expect(gateway.attempts).toEqual([]);
});

test('no secret, address or number stands in an error', async () => {
  await gateway.stop();
  const error = await sms.send(notice).catch((reason: unknown) => reason);
  const said = JSON.stringify([(error as Error).message, (error as Error).cause, error]);
  expect(said).not.toMatch(/drill|127\.0\.0\.1|139/);
});
