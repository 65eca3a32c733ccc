import { expect, test } from '@jest/globals';
import { ASSUMED, needsOf, type UnitCosts } from './sizing.ts';

const unit: UnitCosts = {
  first: 100,
  more: 50,
  messages: 21,
  baseMib: 1_000,
  openMib: 0.1,
  firstBytes: 80_000,
  moreBytes: 10_000,
};
const county = { name: 'a county', counties: 1 };

test('a drill takes the first messages of all its incidents at once', () => {
  const { drill, lastMailS, coresForAMinute } = needsOf({ name: 'a province', counties: 100 }, unit);
  expect(drill).toBe(1_000);
  expect(lastMailS).toBe(50); // 1,000 × 100 ms on two cores
  expect(coresForAMinute).toBe(2);
});

test('a year takes every message of every incident, the drill included', () => {
  const { year, cpuHours, gigabytes } = needsOf(county, unit);
  expect(year).toBe(ASSUMED.perYear + ASSUMED.drill);
  expect(cpuHours).toBeCloseTo((16 * (100 + 20 * 50)) / 3_600_000);
  expect(gigabytes).toBeCloseTo((16 * (80_000 + 20 * 10_000)) / 1e9);
});

test('memory grows with what is open, beside what runs anyway', () => {
  const { open, mib } = needsOf(county, unit);
  expect(open).toBe(11); // the drill's ten, and one of the year's six
  expect(mib).toBeCloseTo(1_001.1);
});

test('what was not measured on disk is not made up', () => {
  expect(needsOf(county, { ...unit, firstBytes: null }).gigabytes).toBeNull();
});
