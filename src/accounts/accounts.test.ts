import { expect, test } from '@jest/globals';
import { lockedForMs } from './lock-out.ts';
import { endOf, isAlive, needsNewToken } from './session-life.ts';

const MINUTE = 60_000;

test('a name is locked from the fifth failure on, twice as long each time, and never for a night', () => {
  expect([1, 4, 5, 6, 7].map((failures) => lockedForMs('account', failures))).toEqual([
    0, 0, 30_000, 60_000, 120_000,
  ]);
  expect(lockedForMs('account', 500)).toBe(15 * MINUTE);
  expect(lockedForMs('address', 29)).toBe(0);
});

const at = (time: string) => `2026-03-04T${time}:00.000Z`;
const session = { signedInAt: at('00:00'), tokenAt: at('00:00'), seenAt: at('10:00'), replacedAt: null };

test('a session lasts a night without use, and a whole duty at most', () => {
  expect(endOf(session)).toBe('2026-03-04T22:00:00.000Z');
  expect(isAlive(session, at('21:59'))).toBe(true);
  expect(isAlive(session, at('22:00'))).toBe(false);
  expect(endOf({ ...session, seenAt: '2026-03-05T11:00:00.000Z' })).toBe('2026-03-05T12:00:00.000Z');
});

test('a token from before a change of rights is replaced once, and serves what is under way for a moment', () => {
  expect(needsNewToken(session, at('09:00'))).toBe(true);
  expect(needsNewToken({ ...session, tokenAt: at('09:30') }, at('09:00'))).toBe(false);
  const replaced = { ...session, replacedAt: at('09:00') };
  expect(needsNewToken(replaced, at('09:00'))).toBe(false);
  expect(endOf(replaced)).toBe('2026-03-04T09:00:30.000Z');
});
