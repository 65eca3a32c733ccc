import { expect, test } from '@jest/globals';
import { nearest, suggestion } from './nearest.ts';

const parties = ['judicialOffice', 'policeStation', 'dutyLeader'];

test('a slip of the hand finds the word that was meant', () => {
  expect(nearest('judicalOffice', parties)).toBe('judicialOffice');
  expect(nearest('policestation', parties)).toBe('policeStation');
  expect(nearest('nmae', ['name', 'owner'])).toBe('name');
  expect(suggestion('dutyLeadr', parties)).toBe('did you mean "dutyLeader"?');
});

test('a word far from all others gets the list instead of a guess', () => {
  expect(nearest('ministry', parties)).toBeNull();
  expect(suggestion('ministry', parties)).toBe('one of judicialOffice, policeStation, dutyLeader');
});
