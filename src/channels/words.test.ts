import { expect, test } from '@jest/globals';
import { clockInWords, durationInWords, incidentName, limitInWords } from './words.ts';

const zone = 'Asia/Shanghai';

test('a duration is said as it was written', () => {
  expect(['PT10M', 'PT1H', 'PT1H30M', 'P1D', 'P30D', 'PT4S', 'P1W'].map((iso) => durationInWords(iso))).toEqual([
    '10分钟', '1小时', '1小时30分钟', '1天', '30天', '4秒', '1周',
  ]); // prettier-ignore
});

test('an instant is shown on a 24-hour clock in its zone, over midnight too', () => {
  expect(clockInWords('2026-03-06T18:13:05.000Z', zone)).toBe('3月7日 02:13');
  expect(clockInWords('2026-03-06T16:00:00.000Z', zone, { seconds: true })).toBe('3月7日 00:00:00');
});

test('a limit says how long and until when; seconds only where the limit has them', () => {
  expect(limitInWords('PT5M', '2026-03-06T18:18:00.000Z', zone)).toBe('5分钟内（3月7日 02:18前）');
  expect(limitInWords('PT4S', '2026-03-06T18:18:04.000Z', zone)).toBe('4秒内（3月7日 02:18:04前）');
  expect(limitInWords(null, null, zone)).toBe('未载明');
});

test('an English page says the same in English', () => {
  expect(limitInWords('PT1H30M', '2026-03-06T18:18:00.000Z', zone, 'en')).toBe(
    '1 hour, 30 minutes (by 7 Mar 02:18)',
  );
  expect(limitInWords(null, null, zone, 'en')).toBe('none stated');
});

test('an incident without a number is called by a code', () => {
  expect(incidentName('WS-2026-0001', 'b1c2d3e4-0000-4000-8000-000000000000')).toBe('WS-2026-0001');
  expect(incidentName(null, 'b1c2d3e4-0000-4000-8000-000000000000')).toBe('事件码 b1c2d3e4');
});
