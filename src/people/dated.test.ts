import { expect, test } from '@jest/globals';
import { onDutyAt } from './roster.ts';
import { at, organisationWith } from './testing.ts';

const ROSTER = `
      shifts:
        day: { name: 白班, from: '08:30', to: '17:30' }
        night: { name: 夜班, from: '17:30', to: '08:30' }
        whole: { name: 全天, from: '08:30', to: '08:30' }
      rotations:
        - { shift: day, every: day, from: 2026-01-01, turns: [[zhao]] }
        - { shift: night, every: day, from: 2026-01-01, turns: [[qian]] }
        - { as: dutyLeader, shift: whole, every: day, from: 2026-01-01, turns: [[li]] }
      dated:
        - { date: 2026-03-02, shift: whole, people: [sun] }
        - { date: 2026-03-03, shift: day, people: [] }
`;

const org = organisationWith(ROSTER);
const onDuty = (time: string) =>
  onDutyAt(org, { body: 'office' }, at(time)).map(({ person, why }) => `${person.id} ${why}`);

test('on a date of the sheet its turns stand instead of every rotation of their role, and of no other role', () => {
  expect(onDuty('2026-03-01 12:00')).toEqual(['zhao rotation', 'li rotation']);
  expect(onDuty('2026-03-02 12:00')).toEqual(['sun dated', 'li rotation']);
  expect(onDuty('2026-03-02 23:00')).toEqual(['sun dated', 'li rotation']);
  expect(onDuty('2026-03-03 12:00')).toEqual(['li rotation']); // written down as nobody
  expect(onDuty('2026-03-03 23:00')).toEqual(['li rotation']); // the sheet has no night that day
  expect(onDuty('2026-03-04 23:00')).toEqual(['qian rotation', 'li rotation']);
});

test('a sheet has every shift of a date once, of people and shifts that there are', () => {
  const bad = `
      shifts: { day: { name: 白班, from: '08:30', to: '17:30' } }
      dated:
        - { date: 2026-03-02, shift: day, people: [zhao] }
        - { date: 2026-03-02, shift: day, people: [qain] }
        - { date: 2026-03-03, shift: dya, people: [zhao, zhao] }
`;
  expect(() => organisationWith(bad)).toThrow(
    /(?=[^]*stands above)(?=[^]*no person "qain")(?=[^]*no shift "dya")(?=[^]*this person stands here already)/,
  );
});
