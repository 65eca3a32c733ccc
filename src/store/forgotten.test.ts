import { expect, test } from '@jest/globals';
import { forgottenRanges } from './forgotten.ts';

/** Of ten entries the last five are forgotten at 11; 12 is something that happened. */
const first = { seq: 11, from: 6, to: 10 };

test('what a seam forgets counts no more, and a later seam adds to it', () => {
  expect(forgottenRanges([])).toEqual([]);
  expect(forgottenRanges([first])).toEqual([{ from: 6, to: 10 }]);
  expect(forgottenRanges([first, { seq: 14, from: 13, to: 13 }])).toEqual([
    { from: 6, to: 10 },
    { from: 13, to: 13 },
  ]);
});

test('put back to before a seam the workflow knows again what that seam forgot', () => {
  expect(forgottenRanges([first, { seq: 13, from: 11, to: 12 }])).toEqual([{ from: 11, to: 12 }]);
  // And a seam that forgets this one in turn brings the first back.
  const third = { seq: 15, from: 13, to: 14 };
  expect(forgottenRanges([first, { seq: 13, from: 11, to: 12 }, third])).toEqual([
    { from: 6, to: 10 },
    { from: 13, to: 14 },
  ]);
});
