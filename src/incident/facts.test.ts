import { expect, test } from '@jest/globals';
import { knownFacts, marksNow, missingFacts, readTime, stillMissing, timeMarks } from './facts.ts';

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

test('a fact told again supersedes what was told before; what is no fact is left out', () => {
  const known = knownFacts(
    new Map<number, Record<string, string | null>>([
      [9, { place: '桥北', reason: '理由', 'element.place': '要素', 'subject.2.name': '乙' }],
      [1, { place: '桥南', situation: '情况', 'subject.1.name': null, 'subject.1.note': '说明' }],
    ]),
  );
  expect(Object.fromEntries(known)).toEqual({
    place: { value: '桥北', seq: 9 },
    situation: { value: '情况', seq: 1 },
    'subject.1.name': { value: null, seq: 1 },
    'subject.2.name': { value: '乙', seq: 9 },
  });
});

test('what was learnt is missing no more', () => {
  const known = knownFacts(new Map([[4, { place: '桥北', 'subject.1.name': '甲' }]]));
  const missing = ['place', 'source', 'subjects', 'subject.1.name'];
  expect(stillMissing(missing, known, 0)).toEqual(['source', 'subjects']);
  expect(stillMissing(missing, known, 2)).toEqual(['source', 'subject.2.name']);
});

test('marks about times are made anew from what is known now', () => {
  const receivedAt = '2026-03-07T00:00:00.000Z';
  const marks = ['noBranchOfItsOwn', 'occurredAtUnreadable', 'discoveredInFuture'];
  const nothing = { occurredAt: null, discoveredAt: null };
  expect(marksNow(marks, nothing, receivedAt)).toEqual(['noBranchOfItsOwn', 'occurredAtUnreadable']);
  const known = { occurredAt: '2026-03-06T23:00:00.000Z', discoveredAt: '2026-03-06T22:00:00.000Z' };
  expect(marksNow(marks, known, receivedAt)).toEqual(['noBranchOfItsOwn', 'discoveredBeforeOccurred']);
});
