import { expect, test } from '@jest/globals';
import { readAnswer } from './answer.ts';

test('a bare POST, as from a form without fields, means 已收到', () => {
  for (const body of [undefined, null, {}]) {
    expect(readAnswer(body)).toEqual({ answer: 'received', note: null, cut: false });
  }
});

test('an answer comes with its note; an empty one is none', () => {
  expect(readAnswer({ answer: 'arrived', note: ' 两人到场\r\n正在核实 ' })).toEqual({
    answer: 'arrived',
    note: '两人到场\n正在核实',
    cut: false,
  });
  expect(readAnswer({ answer: 'received', note: ' \r\n ' })?.note).toBeNull();
});

test('a note that is too long is cut between characters, and the answer stands', () => {
  const long = readAnswer({ answer: 'received', note: '𠮷'.repeat(501) });
  expect([...long!.note!]).toHaveLength(500);
  expect(long).toMatchObject({ answer: 'received', cut: true });
});

test('what no page of ours posts is no answer', () => {
  expect(readAnswer({ answer: 'done' })).toBeNull();
  expect(readAnswer({ answer: ['received', 'arrived'] })).toBeNull();
});
