import { expect, test } from '@jest/globals';
import type { IncidentId } from '../incident/ids.ts';
import { differenceOf, type AtNext, type InRegister, type InTemporal } from './differences.ts';

const hash = (letter: string): string => letter.repeat(64);
const inRegister = (seq: number, change: Partial<InRegister> = {}): InRegister => ({
  id: '6f2c1f2e-0000-4000-8000-000000000001' as IncidentId,
  number: '演司突〔2026〕1号',
  isOpen: true,
  head: { seq, hash: hash('a') },
  ...change,
});
const NEXT = { seq: 8, kind: 'messageSent', at: '2026-03-07T02:20:00.000Z' } as const;
/** A workflow that was told that `seq` entries are written, and has `unwritten` more. */
const running = (seq: number, unwritten = 0): InTemporal & { state: 'running' } => ({
  state: 'running',
  isNew: false,
  position: {
    anchor: { seq, hash: hash('a') },
    unwritten,
    nextUnwritten: unwritten > 0 ? { ...NEXT, seq: seq + 1 } : null,
  },
});
const differ = (register: InRegister | null, temporal: InTemporal, atNext: AtNext = null) =>
  differenceOf(register, temporal, atNext);

test('both end at the same entry: they fit; another one there is another record', () => {
  expect(differ(inRegister(7), running(7))).toBeNull();
  expect(differ(inRegister(7, { head: { seq: 7, hash: hash('b') } }), running(7))).toBe('OTHER_RECORD');
});

test('entries on their way fit, whether the register has them already or not', () => {
  expect(differ(inRegister(7), running(7, 2))).toBeNull();
  expect(
    differ(inRegister(8), running(7, 2), { kind: NEXT.kind, at: '2026-03-07T10:20:00.000+08:00' }),
  ).toBeNull();
});

test('a register with more than the workflow ever noted, or with something else at the next place, is ahead', () => {
  expect(differ(inRegister(12), running(7, 2))).toBe('REGISTER_AHEAD');
  expect(differ(inRegister(8), running(7, 2), { kind: 'acknowledged', at: NEXT.at })).toBe('REGISTER_AHEAD');
  expect(differ(inRegister(8), running(7, 2), { kind: NEXT.kind, at: '2026-03-07T02:20:01.000Z' })).toBe(
    'REGISTER_AHEAD',
  );
});

test('a register with less than the workflow was told is written is behind', () => {
  expect(differ(inRegister(5), running(7))).toBe('REGISTER_BEHIND');
});

test('an open incident without a workflow, and a workflow without an incident', () => {
  expect(differ(inRegister(7), { state: 'missing' })).toBe('WORKFLOW_MISSING');
  expect(differ(inRegister(7), { state: 'ended' })).toBe('WORKFLOW_ENDED');
  expect(differ(null, running(7))).toBe('NOT_IN_REGISTER');
  expect(differ(inRegister(7, { isOpen: false }), { state: 'missing' })).toBeNull(); // long closed, forgotten by Temporal
});

test('what was reported just now has its first entries on their way, unless some were written already', () => {
  expect(differ(null, { ...running(0, 3), isNew: true })).toBeNull();
  expect(differ(null, running(0, 3))).toBe('NOT_IN_REGISTER');
  expect(differ(null, { ...running(7), isNew: true })).toBe('NOT_IN_REGISTER'); // a later run of a long one
});

test('where nobody answers nothing is said', () => {
  expect(differ(inRegister(7), { state: 'unknown' })).toBeNull();
});
