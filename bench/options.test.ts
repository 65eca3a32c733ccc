import { expect, test } from '@jest/globals';
import { PARTS, readOptions } from './options.ts';

test('without a word every part is measured in full', () => {
  const options = readOptions([])!;
  expect(options.parts).toEqual(PARTS);
  expect(options).toMatchObject({ rates: [1, 5, 20], bursts: [300, 1000], open: 10_000, topology: null });
});

test('one part by itself, or several in the order in which they are measured', () => {
  expect(readOptions(['--part', 'open'])!.parts).toEqual(['open']);
  expect(readOptions(['--part', 'open,rates'])!.parts).toEqual(['rates', 'open']);
});

test('quick makes everything small, and a size that is named stands', () => {
  const options = readOptions(['--quick', '--open', '300'])!;
  expect(options.open).toBe(300);
  expect(options.workload).toBeLessThan(100);
});

test('a rate of its own is measured with as many as the others have', () => {
  expect(readOptions(['--rates', '7', '--n', '50'])!.n).toEqual({ 7: 50 });
  expect(readOptions(['--rates', '1,7'])!.n[7]).toBeGreaterThanOrEqual(100);
});

test('what cannot be is named', () => {
  expect(() => readOptions(['--part', 'speed'])).toThrow('--part: speed is none of rates');
  expect(() => readOptions(['--open', 'many'])).toThrow('--open: a whole number from 1');
  expect(() => readOptions(['--topology', 'moon'])).toThrow('--topology: moon is none of dev, production');
  expect(() => readOptions(['--n', '2'])).toThrow('--n: at least one ladder for each of --pairs');
});

test('help asks for nothing else', () => {
  expect(readOptions(['--help'])).toBeNull();
});
