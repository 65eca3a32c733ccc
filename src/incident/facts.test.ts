import { expect, test } from '@jest/globals';
import { missingFacts, readTime, timeMarks } from './facts.ts';

test("a time without an offset is China's; one that cannot be read is kept as it was written", () => {
  expect(readTime('2026-03-07T02:13').instant).toBe('2026-03-06T18:13:00.000Z');
  expect(readTime('2026-03-07T02:13:00+08:00').instant).toBe('2026-03-06T18:13:00.000Z');
  expect(readTime('昨晚')).toEqual({ instant: null, unreadable: '昨晚' });
  expect(readTime('2026-13-45T99:99')).toEqual({ instant: null, unreadable: '2026-13-45T99:99' });
  expect(readTime('2026-02-30T10:00').unreadable).toBe('2026-02-30T10:00');
  expect(readTime(null)).toEqual({ instant: null, unreadable: null });
});

test('times in the future or out of order are marked', () => {
  const receivedAt = '2026-03-07T00:00:00.000Z';
  const occurredAt = '2026-03-08T00:00:00.000Z';
  expect(timeMarks({ occurredAt, discoveredAt: '2026-03-06T23:00:00.000Z' }, receivedAt)).toEqual([
    'occurredInFuture',
    'discoveredBeforeOccurred',
  ]);
  expect(timeMarks({ occurredAt: null, discoveredAt: '2026-03-07T00:04:00.000Z' }, receivedAt)).toEqual([]);
});

test('what is missing is named', () => {
  const nothing = {
    eventType: null,
    place: null,
    occurredAt: null,
    discoveredAt: null,
    subjects: [],
    measuresTaken: null,
    source: null,
  };
  expect(missingFacts({ ...nothing, reporter: { name: '测试甲' } })).toEqual([
    'eventType',
    'place',
    'occurredAt',
    'discoveredAt',
    'subjects',
    'measuresTaken',
    'source',
    'reporter.phone',
  ]);
});
