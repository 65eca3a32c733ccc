import { expect, test } from '@jest/globals';
import type { Happening } from '../store/happenings.ts';
import { released } from './released.ts';

const at = (...places: number[]) => places.map((pos) => ({ pos }) as Happening);

test('what stands after a missing place waits until it is filled', () => {
  const first = released(at(1, 2, 4), 0, null, 0);
  expect([first.happenings, first.head, first.gap]).toEqual([at(1, 2), 2, { pos: 3, sinceMs: 0 }]);
  const filled = released(at(3, 4), 2, first.gap, 1_000);
  expect([filled.happenings, filled.head, filled.gap]).toEqual([at(3, 4), 4, null]);
});

test('a place that a failed transaction has left empty is passed over in the end, another one is waited for anew', () => {
  const { gap } = released(at(4), 2, null, 0);
  expect(released(at(4), 2, gap, 4_999).happenings).toEqual([]);
  const passed = released(at(4, 6), 2, gap, 5_000);
  expect([passed.happenings, passed.gap]).toEqual([at(4), { pos: 5, sinceMs: 5_000 }]);
});
