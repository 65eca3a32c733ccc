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
