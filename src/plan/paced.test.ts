import { expect, test } from '@jest/globals';
import { loadPlan } from './load.ts';
import { pacedPart } from './paced.ts';
import { planPart } from './part-of.ts';

const part = planPart(loadPlan('plans/wushen-2025.yaml'), 'abscondingSearch');

/** Every limit of a value, by its place. */
function limits(value: unknown, place = ''): [string, number][] {
  if (typeof value !== 'object' || value === null) return [];
  const { ms } = value as { ms?: number };
  if (typeof ms === 'number') return [[place, ms]];
  return Object.entries(value).flatMap(([key, each]) => limits(each, `${place}/${key}`));
}

test('a day in minutes: every limit of a part is divided, but for how long a link is good', () => {
  const before = limits(part);
  const after = new Map(limits(pacedPart(part, 60)));
  expect(before.length).toBeGreaterThan(50);
  const expected = before.map(([place, ms]) => [place, place === '/receiptLinkValidFor' ? ms : ms / 60]);
  expect([...after]).toEqual(expected);
});

test('an ISO text says the same as its milliseconds', () => {
  const { within } = pacedPart(part, 60).branch.stages['search']!;
  expect(within).toEqual({ iso: 'PT240S', ms: 240_000 });
});

test('a real clock changes nothing, and nothing becomes no time at all', () => {
  expect(pacedPart(part, 1)).toBe(part);
  const shortest = Math.min(...limits(pacedPart(part, 1e9)).map(([, ms]) => ms));
  expect(shortest).toBe(1_000);
});
