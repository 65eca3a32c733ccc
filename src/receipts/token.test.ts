import { expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { messageKey, stageId } from '../incident/ids.ts';
import type { IncidentId } from '../incident/ids.ts';
import { readReceipt, signReceipt } from './token.ts';

const k1 = generateKey('k1');
const ring = parseKeyring(k1);
const receipt = {
  key: messageKey({
    incidentId: 'b1c2d3e4-0000-4000-8000-000000000000' as IncidentId,
    stageId: stageId(2, 'policeCall'),
    opening: 1,
    line: 'policeStation',
    rung: 0,
    repeat: 0,
  }),
  person: 'yanshi-yi',
  issuedAt: '2026-03-04T01:00:00.000Z',
  expiresAt: '2026-03-11T01:00:00.000Z',
};
const inTime = '2026-03-04T02:00:00.000Z';
const claims = { key: receipt.key, person: receipt.person, expiresAt: receipt.expiresAt };
const forged = { ok: false, code: 'RECEIPT_FORGED' };

test('a receipt link says which message and which person, and fits into a link as it is', async () => {
  const token = await signReceipt(ring, receipt);
  expect(token).toMatch(/^[A-Za-z0-9_.-]+$/);
  expect(await readReceipt(ring, token, inTime)).toEqual({ ok: true, ...claims });
});

test('an expired one is turned away, and still tells what it was for', async () => {
  const token = await signReceipt(ring, receipt);
  expect(await readReceipt(ring, token, '2026-03-11T00:59:59.999Z')).toMatchObject({ ok: true });
  expect(await readReceipt(ring, token, '2026-03-11T01:00:00.000Z')).toEqual({
    ok: false,
    code: 'RECEIPT_EXPIRED',
    ...claims,
  });
});

test('a changed, cut or foreign token is forged', async () => {
  const token = await signReceipt(ring, receipt);
  const [head, body, signature] = token.split('.') as [string, string, string];
  const other = await signReceipt(ring, { ...receipt, person: 'ceshi-jia' });
  const foreign = await signReceipt(parseKeyring(generateKey('k1')), receipt);
  for (const bad of [
    '',
    'x',
    'a.b.c',
    token.slice(0, -2),
    `${head}.${other.split('.')[1]}.${signature}`,
    `${head}.${body}.`,
    foreign,
    'x'.repeat(5000),
  ]) {
    expect(await readReceipt(ring, bad, inTime)).toEqual(forged);
  }
});

test('a forged token is forged even when it is long expired', async () => {
  const foreign = await signReceipt(parseKeyring(generateKey('k1')), receipt);
  expect(await readReceipt(ring, foreign, '2030-01-01T00:00:00.000Z')).toEqual(forged);
});

test('neither another algorithm, nor none, nor another audience will do, even with our key', async () => {
  const sign = (alg: string, audience: string, key: unknown = receipt.key) =>
    new SignJWT({ key })
      .setProtectedHeader({ alg, kid: 'k1' })
      .setAudience(audience)
      .setSubject(receipt.person)
      .setExpirationTime('1h')
      .sign(ring.key('receipt'));
  const now = new Date().toISOString();
  expect(await readReceipt(ring, await sign('HS256', 'fenghuo-receipt'), now)).toMatchObject({ ok: true });
  expect(await readReceipt(ring, await sign('HS384', 'fenghuo-receipt'), now)).toEqual(forged);
  expect(await readReceipt(ring, await sign('HS256', 'fenghuo-session'), now)).toEqual(forged);
  expect(await readReceipt(ring, await sign('HS256', 'fenghuo-receipt', 'no key'), now)).toEqual(forged);
  const unsigned = `${Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')}.${(await signReceipt(ring, receipt)).split('.')[1]}.`;
  expect(await readReceipt(ring, unsigned, inTime)).toEqual(forged);
});

test('after a change of keys the old links are good until their key is withdrawn', async () => {
  const token = await signReceipt(ring, receipt);
  const k2 = generateKey('k2');
  expect(await readReceipt(parseKeyring(`${k2},${k1}`), token, inTime)).toMatchObject({ ok: true });
  expect(await readReceipt(parseKeyring(k2), token, inTime)).toEqual(forged);
});
