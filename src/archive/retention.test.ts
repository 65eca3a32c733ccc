import { expect, test } from '@jest/globals';
import { keptUntil, parseRetention } from './retention.ts';

const closed = { drill: false, closedAs: 'responseEnded', closedAt: '2026-03-04T01:20:00.000Z' } as const;

test('a term is counted from the closing, by kind; what has none is kept', () => {
  const retention = parseRetention('incident=30, falseAlarm=5');
  expect(keptUntil(closed, retention)).toBe('2056-03-04T01:20:00.000Z');
  expect(keptUntil({ ...closed, closedAs: 'falseAlarm' }, retention)).toBe('2031-03-04T01:20:00.000Z');
  expect(keptUntil({ ...closed, drill: true }, retention)).toBeNull();
  expect(keptUntil({ ...closed, closedAt: null }, retention)).toBeNull();
  expect(keptUntil(closed, {})).toBeNull();
});

test('a term that is none is refused, and says which', () => {
  for (const wrong of ['incident', 'incident=0', 'drills=3', 'drill=3,drill=4', 'drill=-1'])
    expect(() => parseRetention(wrong)).toThrow(RangeError);
});
