import { expect, test } from '@jest/globals';
import { parseLimit } from '../plan/limit.ts';
import { METHODS, triesOf, type ContactMethod } from './methods.ts';
import type { Person } from './schema.ts';

const person = (more: Partial<Person> = {}): Person => ({
  id: 'jia-1',
  name: '演示一',
  post: '工作人员',
  body: 'jia',
  email: 'jia-1@example.invalid',
  phone: '139 0000 0001',
  ...more,
});
const ways = (tries: ReturnType<typeof triesOf>): string[] => tries.map(({ by, to }) => `${by} ${to}`);
const only = (...order: ContactMethod['by'][]): ContactMethod[] => order.map((by) => ({ by, repeats: 0 }));

test('where nobody has set an order: a text, two calls, a mail', () => {
  expect(ways(triesOf(person(), METHODS))).toEqual([
    'sms +8613900000001',
    'voice +8613900000001',
    'voice +8613900000001',
    'email jia-1@example.invalid',
  ]);
});

test("a person's own order counts before their body's, and that before the organisation's", () => {
  const orders = [only('email'), only('sms')];
  expect(ways(triesOf(person({ methods: only('voice') }), METHODS, orders))).toEqual([
    'voice +8613900000001',
  ]);
  expect(ways(triesOf(person(), METHODS, orders))).toEqual(['email jia-1@example.invalid']);
  expect(ways(triesOf(person(), METHODS, [undefined, only('sms')]))).toEqual(['sms +8613900000001']);
});

test('what no channel serves and what has no address is no try', () => {
  expect(ways(triesOf(person(), ['email']))).toEqual(['email jia-1@example.invalid']);
  expect(ways(triesOf(person({ phone: undefined }), METHODS))).toEqual(['email jia-1@example.invalid']);
  expect(ways(triesOf(person({ phone: '1390000', email: undefined }), METHODS))).toEqual([]);
});

test('a landline is called and gets no text', () => {
  expect(ways(triesOf(person({ phone: '0477-2000000转801', email: undefined }), METHODS))).toEqual([
    'voice +864772000000',
    'voice +864772000000',
  ]);
});

test('each method has its own wait', () => {
  const wait = parseLimit('PT30S')!;
  const methods: ContactMethod[] = [{ by: 'sms', wait, repeats: 0 }, ...only('email')];
  expect(triesOf(person({ methods }), METHODS).map(({ waitMs }) => waitMs)).toEqual([30_000, 60_000]);
});
