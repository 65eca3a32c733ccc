import { expect, test } from '@jest/globals';
import { smsParts } from './sms-parts.ts';

const han = (count: number): string => '火'.repeat(count);
const latin = (count: number): string => 'a'.repeat(count);

test.each([
  ['70 characters', han(70), 1],
  ['71', han(71), 2],
  ['134', han(134), 2],
  ['135', han(135), 3],
  ['160 of the GSM alphabet', latin(160), 1],
  ['161', latin(161), 2],
  ['306', latin(306), 2],
  ['307', latin(307), 3],
  ['one Chinese character among 70', `${latin(69)}火`, 1],
  ['one among 71', `${latin(70)}火`, 2],
])('%s', (_, text, parts) => {
  expect(smsParts(text)).toBe(parts);
});

test('an emoji counts as two', () => {
  expect(smsParts(`${han(68)}🔥`)).toBe(1);
  expect(smsParts(`${han(69)}🔥`)).toBe(2);
});

test('a pair that would be split goes into the next part whole', () => {
  expect(smsParts(`${han(65)}🔥${han(67)}`)).toBe(2);
  expect(smsParts(`${han(66)}🔥${han(66)}`)).toBe(3); // 134 units, but the pair begins where part 1 has one left
});

test('the extension characters of the GSM alphabet count as two', () => {
  expect(smsParts('€'.repeat(80))).toBe(1);
  expect(smsParts('€'.repeat(81))).toBe(2);
  expect(smsParts('[x]'.repeat(32))).toBe(1);
  expect(smsParts(`${'[x]'.repeat(32)}a`)).toBe(2);
});
