import { expect, test } from '@jest/globals';
import type { Entry } from '../incident/entry.ts';
import { goOnAfter } from './register-writer.ts';

const hash = (letter: string): string => letter.repeat(64);
const AT = '2026-03-07T02:20:00.000Z';
const entry = (seq: number): Entry => ({ seq, at: AT, kind: 'closingRefused', data: { by: 'leading-1' } });

test('put back behind the register, a workflow goes on after its end and says which entries it does not know', () => {
  const state = { outbox: [entry(8), entry(9)], seq: 9, anchor: { seq: 7, hash: hash('a') } };
  goOnAfter(state, { seq: 7, hash: hash('a') }, { seq: 12, hash: hash('b') });
  expect(state.outbox.map(({ seq, kind }) => [seq, kind])).toEqual([
    [13, 'takenUpAgain'],
    [14, 'closingRefused'],
    [15, 'closingRefused'],
  ]);
  expect(state.outbox[0]).toMatchObject({ at: AT, data: { from: 8, to: 12 } });
  expect(state).toMatchObject({ seq: 15, anchor: { seq: 12, hash: hash('b') } });
});
