import { expect, test } from '@jest/globals';
import { parseLimit } from './limit.ts';

test('a limit counts in calendar time, a day being 24 hours', () => {
  expect(parseLimit('PT10M')).toEqual({ iso: 'PT10M', ms: 600_000 });
  expect(parseLimit('PT8S').ms).toBe(8_000);
  expect(parseLimit('P1D').ms).toBe(24 * 3_600_000);
  expect(parseLimit('P1W').ms).toBe(7 * 24 * 3_600_000);
  expect(parseLimit('P1DT2H30M').ms).toBe(26.5 * 3_600_000);
  expect(parseLimit('PT1.5S').ms).toBe(1_500);
  expect(parseLimit('P366D').ms).toBe(366 * 24 * 3_600_000);
});

test('what has no fixed length is no limit', () => {
  for (const iso of ['P1M', 'P1Y', 'P1Y2DT1H', 'P6M']) {
    expect(() => parseLimit(iso)).toThrow('years or months');
  }
});

test('a limit is longer than nothing and not longer than 366 days', () => {
  for (const iso of ['PT0S', 'P', 'PT', '-PT5M', 'PT-5M', 'PT1M-1S', 'PT0.0001S']) {
    expect(() => parseLimit(iso)).toThrow('not longer than 0');
  }
  for (const iso of ['P367D', 'P53W', 'PT8785H'])
    expect(() => parseLimit(iso)).toThrow('longer than 366 days');
});

test('text that is no ISO 8601 duration is refused', () => {
  for (const iso of ['', '10', '10 minutes', 'PT10', 'pt10m?', '十分钟']) {
    expect(() => parseLimit(iso)).toThrow('is not an ISO 8601 duration');
  }
});
