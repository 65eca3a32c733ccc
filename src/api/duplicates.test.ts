import { expect, test } from '@jest/globals';
import type { IncidentId } from '../incident/ids.ts';
import { suggestDuplicates, type Comparable } from './duplicates.ts';

const incident = (
  id: string,
  hour: number,
  personal: Record<string, string>,
  eventType: string | null = null,
) => ({
  id: id as IncidentId,
  number: null,
  eventType,
  receivedAt: `2026-03-07T${String(hour).padStart(2, '0')}:00:00.000Z`,
  personal: new Map([[1, personal]]),
});

const reasons = (one: Comparable, ...others: Comparable[]) =>
  suggestDuplicates(one, others).map(({ id, reasons }) => [id, ...reasons]);

test('the same person weighs more than the same place, and that more than the same type; nearer in time comes first', () => {
  const one = incident('one', 6, { place: '甲镇桥北', 'subject.1.name': '测试丁' }, 'riskSign');
  const found = reasons(
    one,
    incident('type', 6, { place: '乙镇' }, 'riskSign'),
    incident('place, later', 9, { place: '桥北' }),
    incident('place', 5, { place: '桥北' }),
    incident('nothing', 6, { 'subject.1.name': '测试戊' }),
    incident('person', 11, { 'subject.2.name': '测试丁' }),
  );
  expect(found).toEqual([
    ['person', 'sameSubject'],
    ['place', 'samePlace'],
    ['place, later', 'samePlace'],
    ['type', 'sameEventType'],
  ]);
});

test('what is unknown on both sides is not the same', () => {
  expect(reasons(incident('one', 6, { place: '。' }), incident('other', 6, { place: '，' }))).toEqual([]);
});

test('a file number is recognised however it was typed, and what was learnt later counts', () => {
  const other = incident('other', 6, { place: '桥南' });
  other.personal.set(7, { 'subject.1.file': 'ＡB-001', place: '桥北 2 号' });
  const one = incident('one', 6, { 'subject.3.file': 'ab 001', place: '桥北，2号' });
  expect(reasons(one, other)).toEqual([['other', 'sameSubject', 'samePlace']]);
});

test('no value that was compared is given out', () => {
  const personal = { 'subject.1.name': '测试丁', place: '测试地点' };
  const found = suggestDuplicates(incident('one', 6, personal), [incident('other', 6, personal)]);
  expect(JSON.stringify(found)).not.toContain('测试');
});
