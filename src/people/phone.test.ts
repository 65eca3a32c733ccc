import { expect, test } from '@jest/globals';
import { readPhone } from './phone.ts';

test.each([
  ['13800000000', '+8613800000000', null],
  ['+86 138 0000 0000', '+8613800000000', null],
  ['0086-138-0000-0000', '+8613800000000', null],
  ['13800000 000', '+8613800000000', null],
  ['１３８００００００００', '+8613800000000', null],
  ['0477-2000000', '+864772000000', null],
  ['(0477) 200 0000', '+864772000000', null],
  ['+86 477 2000000', '+864772000000', null],
  ['010-20000000', '+861020000000', null],
  ['0477-2000000转801', '+864772000000', '801'],
  ['0477-2000000-801', '+864772000000', '801'],
  ['0477-2000000 ext. 801', '+864772000000', '801'],
])('%s can be dialled', (written, number, extension) => {
  expect(readPhone(written)).toEqual({ number, extension });
});

test.each([
  ['a digit short', '1380000000'],
  ['a digit long', '138000000000'],
  ['no area code', '2000000'],
  ['an area code without its 0', '477-2000000'],
  ['an area that there is not', '000-0000-0101'],
  ['an emergency number', '110'],
  ['two numbers', '13800000000、13900000000'],
  ['words', '见值班表'],
  ['nothing', ''],
])('%s cannot', (_, written) => {
  expect(readPhone(written)).toBeNull();
});
