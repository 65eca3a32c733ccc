import { expect, test } from '@jest/globals';
import { failureCode, isPermanent } from './failure.ts';

const smtp = (responseCode: number, command: string, code = 'EENVELOPE') =>
  Object.assign(new Error(`Recipient command failed: ${responseCode} 5.1.1 <yanshi@example.invalid>`), {
    code,
    responseCode,
    command,
  });

test('a recipient or a message refused with 5xx is permanent: the next in line is told', () => {
  for (const refused of [smtp(550, 'RCPT TO'), smtp(554, 'RCPT TO'), smtp(552, 'DATA', 'EMESSAGE')]) {
    expect(isPermanent(refused)).toBe(true);
  }
  expect(failureCode(smtp(550, 'RCPT TO'))).toBe('SMTP_550');
});

test('4xx is temporary', () => {
  for (const code of [421, 450, 451, 452]) {
    expect(isPermanent(smtp(code, 'RCPT TO'))).toBe(false);
    expect(failureCode(smtp(code, 'RCPT TO'))).toBe(`SMTP_${code}`);
  }
});

test('what our own configuration can mend is temporary, even with 5xx', () => {
  expect(isPermanent(smtp(535, 'AUTH PLAIN', 'EAUTH'))).toBe(false);
  expect(isPermanent(smtp(530, 'RCPT TO'))).toBe(false);
  expect(isPermanent(smtp(550, 'MAIL FROM'))).toBe(false);
  expect(isPermanent(smtp(503, 'RCPT TO'))).toBe(false);
  expect(failureCode(smtp(535, 'AUTH PLAIN', 'EAUTH'))).toBe('AUTH');
  expect(failureCode(smtp(530, 'RCPT TO'))).toBe('AUTH');
});

test('connection trouble is temporary and named by what the system said', () => {
  const named: [string, string | undefined, string][] = [
    ['ESOCKET', 'ECONNREFUSED', 'CONNECT_REFUSED'],
    ['ESOCKET', 'ECONNRESET', 'CONNECTION_LOST'],
    ['ECONNECTION', undefined, 'CONNECTION_LOST'],
    ['ESOCKET', 'EHOSTUNREACH', 'UNREACHABLE'],
    ['ETIMEDOUT', undefined, 'TIMEOUT'],
    ['EABORT', undefined, 'TIMEOUT'],
    ['EDNS', 'ENOTFOUND', 'DNS'],
    ['ESOCKET', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS'],
    ['ESOCKET', 'ERR_TLS_CERT_ALTNAME_INVALID', 'TLS'],
    ['ESOCKET', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS'],
    ['ETLS', undefined, 'TLS'],
    ['ENOAUTH', undefined, 'AUTH'],
  ];
  for (const [code, originalCode, expected] of named) {
    const error = Object.assign(new Error('trouble'), { code, originalCode });
    expect([failureCode(error), isPermanent(error)]).toEqual([expected, false]);
  }
});

test('what is no error of a channel is unknown and temporary', () => {
  for (const strange of [new Error('?'), 'text', null, undefined, { code: 7 }, { code: 'constructor' }]) {
    expect([failureCode(strange), isPermanent(strange)]).toEqual(['UNKNOWN', false]);
  }
});

test('a code never repeats what the server said', () => {
  expect(failureCode(smtp(550, 'RCPT TO'))).not.toMatch(/@|example/);
});

const refused = (provider: string, providerCode: string | null, httpStatus = 200) =>
  Object.assign(new Error('not taken'), { provider, providerCode, httpStatus });

test.each([
  ['GATEWAY', 'NUMBER_INVALID', 422, 'GATEWAY_NUMBER_INVALID', true],
  ['GATEWAY', 'BLOCKED', 400, 'GATEWAY_BLOCKED', true],
  ['GATEWAY', 'NUMBER_INVALID', 500, 'GATEWAY_NUMBER_INVALID', false],
  ['GATEWAY', '400', 400, 'GATEWAY_400', false],
  ['GATEWAY', null, 422, 'HTTP_422', false],
  ['GATEWAY', null, 503, 'HTTP_503', false],
  ['GATEWAY', 'BLOCKED', 403, 'AUTH', false],
  ['GATEWAY', 'SLOWER', 429, 'RATE_LIMITED', false],
  ['ALIYUN', 'isv.MOBILE_NUMBER_ILLEGAL', 200, 'ALIYUN_MOBILE_NUMBER_ILLEGAL', true],
  ['ALIYUN', 'isv.BUSINESS_LIMIT_CONTROL', 200, 'RATE_LIMITED', false],
  ['ALIYUN', 'SignatureDoesNotMatch', 400, 'AUTH', false],
  ['ALIYUN', 'isv.SMS_TEMPLATE_ILLEGAL', 200, 'ALIYUN_SMS_TEMPLATE_ILLEGAL', false],
  ['TENCENT', 'FailedOperation.PhoneNumberInBlacklist', 200, 'TENCENT_PHONE_NUMBER_IN_BLACKLIST', true],
  ['TENCENT', 'LimitExceeded.PhoneNumberDailyLimit', 200, 'RATE_LIMITED', false],
  ['TENCENT', 'AuthFailure.SignatureFailure', 200, 'AUTH', false],
  ['WECOM', '93000', 200, 'WECOM_93000', true],
  ['WECOM', '45009', 200, 'RATE_LIMITED', false],
  ['WECOM', '-1', 200, 'WECOM_MINUS_1', false],
  ['DINGTALK', '310000', 200, 'DINGTALK_310000', true],
  ['DINGTALK', '130101', 200, 'RATE_LIMITED', false],
  ['FEISHU', '19021', 400, 'FEISHU_19021', true],
  ['FEISHU', '9499', 400, 'RATE_LIMITED', false],
])('%s saying %s with %i is %s', (provider, code, status, expected, permanent) => {
  const error = refused(provider, code, status);
  expect([failureCode(error), isPermanent(error)]).toEqual([expected, permanent]);
});

test('a provider’s code that is no code is not repeated: it may hold a number', () => {
  for (const said of ['13900000001', 'number +8613900000001 is invalid', '号码错误']) {
    expect([failureCode(refused('GATEWAY', said, 422)), isPermanent(refused('GATEWAY', said, 422))]).toEqual([
      'HTTP_422',
      false,
    ]);
  }
});

test('what undici says is understood as what the system says', () => {
  for (const [code, expected] of [
    ['UND_ERR_CONNECT_TIMEOUT', 'TIMEOUT'],
    ['UND_ERR_SOCKET', 'CONNECTION_LOST'],
    ['HPE_INVALID_CONSTANT', 'PROTOCOL'],
  ]) {
    expect(failureCode(Object.assign(new Error('trouble'), { code }))).toBe(expected);
  }
});
