import { expect, test } from '@jest/globals';
import type { Entry } from './entry.ts';
import { nextBatch, outboxSize } from './outbox.ts';

const entries = (count: number, reason: string): Entry[] =>
  Array.from({ length: count }, (_, index) => ({
    seq: index + 1,
    at: '2026-03-06T18:13:00.000Z',
    kind: 'closingRefused',
    data: { by: 'leading-1' },
    personal: { reason },
  }));

test('a batch holds a hundred short entries, fewer long ones, and always one', () => {
  expect(nextBatch(entries(30, '短'))).toHaveLength(30);
  expect(nextBatch(entries(300, '短'))).toHaveLength(100);
  const long = nextBatch(entries(300, '长'.repeat(4_000)));
  expect(long.length).toBeGreaterThan(1);
  expect(outboxSize(long)).toBeLessThan(1_000_000);
  expect(nextBatch(entries(2, '长'.repeat(900_000)))).toHaveLength(1);
});
