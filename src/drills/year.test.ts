import { expect, test } from '@jest/globals';
import { toRemind, toReportUp, yearLookedAt } from './reminders.ts';
import { officeYears, type OfficeDrill } from './year.ts';

const drill = (change: Partial<OfficeDrill>): OfficeDrill => ({
  id: 'one',
  office: 'jia',
  title: '演练',
  startsAt: '2026-06-01T00:00:00.000Z',
  drillStatus: 'scored',
  status: 'ended',
  ...change,
});
const state = (drills: OfficeDrill[], now = '2026-07-01T00:00:00.000Z') =>
  officeYears({ year: 2026, now, offices: ['jia'], needed: 1, drills })[0]!.state;
const NEXT_YEAR = '2026-12-31T16:00:00.000Z'; // midnight in China

test('a drill counts for its office once it was held and scored', () => {
  expect(state([drill({})])).toBe('done');
  expect(state([drill({ drillStatus: 'ended' })])).toBe('planned');
  expect(state([drill({ status: 'replaced' })])).toBe('open');
  expect(state([drill({ status: 'notStarted' })])).toBe('open');
  expect(state([drill({ office: 'yi' })])).toBe('open');
});

test('a draft counts for the future alone, and the year ends in China', () => {
  const ahead = drill({ drillStatus: 'draft', status: null, startsAt: '2026-08-01T00:00:00.000Z' });
  expect(state([ahead])).toBe('planned');
  expect(state([ahead], '2026-09-01T00:00:00.000Z')).toBe('open');
  expect(state([], '2026-12-31T15:59:59.000Z')).toBe('open');
  expect(state([], NEXT_YEAR)).toBe('overdue');
  expect(state([drill({ startsAt: NEXT_YEAR })], NEXT_YEAR)).toBe('overdue'); // of the year after
});

test('reminders begin in September; in December what is open goes up, in January what the year left', () => {
  const at = (now: string) => {
    const years = officeYears({ year: yearLookedAt(now), now, offices: ['jia'], needed: 1, drills: [] });
    return [yearLookedAt(now), toRemind(years, now).length, toReportUp(years, now).length];
  };
  expect(at('2026-08-01T01:00:00.000Z')).toEqual([2026, 0, 0]);
  expect(at('2026-09-01T01:00:00.000Z')).toEqual([2026, 1, 0]);
  expect(at('2026-12-01T01:00:00.000Z')).toEqual([2026, 1, 1]);
  expect(at('2027-01-01T01:00:00.000Z')).toEqual([2026, 1, 1]);
});
