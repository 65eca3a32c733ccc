import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { contactFor, isOfParty, type OrganisationError } from './organisation.ts';
import { dutySpans, onDutyAt } from './roster.ts';
import { at, organisationWith } from './testing.ts';

const ROTA = `
      shifts:
        day: { name: 白班, from: '08:30', to: '17:30' }
        night: { name: 夜班, from: '17:30', to: '08:30' }
      rotations:
        - { shift: day, every: day, from: 2026-01-01, turns: [[zhao], [qian], [sun]] }
        - { shift: night, every: day, from: 2026-01-01, turns: [[qian], [sun], [zhao]] }
`;

/** Who is on duty at a time in Asia/Shanghai: ids, in order. */
const told = (roster: string, time: string, calendar = '') =>
  onDutyAt(organisationWith(roster, calendar), { body: 'office' }, at(time)).map(({ person }) => person.id);

/** The same with why, and in which shift. */
const why = (roster: string, time: string, calendar = '') =>
  onDutyAt(organisationWith(roster, calendar), { body: 'office' }, at(time)).map((one) => [
    one.person.id,
    one.shift,
    one.why,
  ]);

test('turns go on day by day, and a night shift lasts past midnight', () => {
  expect(why(ROTA, '2026-01-05 12:00')).toEqual([['qian', '白班', 'rotation']]);
  expect(told(ROTA, '2026-01-05 17:29')).toEqual(['qian']);
  expect(why(ROTA, '2026-01-05 17:30')).toEqual([['sun', '夜班', 'rotation']]);
  expect(told(ROTA, '2026-01-05 23:59')).toEqual(['sun']);
  expect(told(ROTA, '2026-01-06 00:00')).toEqual(['sun']);
  expect(told(ROTA, '2026-01-06 08:29')).toEqual(['sun']);
  expect(told(ROTA, '2026-01-06 08:30')).toEqual(['sun']);
  expect(told(ROTA, '2026-01-06 17:30')).toEqual(['zhao']);
});

test('the night of the first date of a rotation is the first: nobody before it', () => {
  expect(told(ROTA, '2026-01-01 03:00')).toEqual([]);
  expect(told(ROTA, '2025-12-31 12:00')).toEqual([]);
  expect(told(ROTA, '2026-01-02 03:00')).toEqual(['qian']);
});

test('turns go on over the end of a month, of a year, and over 29 February', () => {
  const turns = ['2026-04-30', '2026-05-01'].map((date) => told(ROTA, `${date} 12:00`)[0]);
  expect(turns).toEqual(['sun', 'zhao']);
  expect(told(ROTA, '2026-05-01 02:00')).toEqual(['zhao']);
  const leap = ['2028-02-28', '2028-02-29', '2028-03-01'].map((date) => told(ROTA, `${date} 12:00`)[0]);
  expect(leap).toEqual(['sun', 'zhao', 'qian']);
  expect(told(ROTA, '2028-03-01 03:00')).toEqual(['qian']);
  expect(told(ROTA, '2026-12-31 12:00')).not.toEqual(told(ROTA, '2027-01-01 12:00'));
});

const WEEKS = `
      shifts: { whole: { name: 全天, from: '09:00', to: '09:00' } }
      rotations:
        - { shift: whole, every: week, from: 2026-03-04, turns: [[zhao], [qian]] }
        - { as: dutyLeader, shift: whole, every: weekday, from: 2026-03-02, turns: [[li], [wu], [li], [wu], [li], [], []] }
`;

test('a weekly rotation hands over on the weekday and at the hour at which it began', () => {
  expect(told(WEEKS, '2026-03-11 08:59')[0]).toBe('zhao');
  expect(told(WEEKS, '2026-03-11 09:00')[0]).toBe('qian');
  expect(told(WEEKS, '2026-03-18 09:00')[0]).toBe('zhao');
});

test('the duty leader of the weekday comes after the officers; an empty turn has none', () => {
  expect(told(WEEKS, '2026-03-06 12:00')).toEqual(['zhao', 'li']);
  expect(told(WEEKS, '2026-03-05 12:00')).toEqual(['zhao', 'wu']);
  expect(told(WEEKS, '2026-03-07 12:00')).toEqual(['zhao']);
});

const SORTS = `
      shifts:
        night: { name: 夜班, from: '17:30', to: '08:30' }
        whole: { name: 全天, from: '08:30', to: '08:30' }
      rotations:
        - { shift: night, on: [workday], every: day, from: 2026-01-01, turns: [[zhao], [qian]] }
        - { shift: whole, on: [weekend], every: day, from: 2026-01-01, turns: [[sun], [wu]] }
        - { shift: whole, on: [holiday], every: day, from: 2026-01-01, turns: [[li, zhao]] }
`;

test('a holiday has its own order, also when it falls on a workday, and several at once', () => {
  expect(why(SORTS, '2026-10-01 12:00')).toEqual([
    ['li', '全天', 'holiday'],
    ['zhao', '全天', 'holiday'],
  ]);
  expect(told(SORTS, '2026-10-08 08:00')).toEqual(['li', 'zhao']);
  expect(told(SORTS, '2026-10-08 12:00')).toEqual([]);
});

test('a 调休 Saturday is a workday, with the order of workdays unless it has its own', () => {
  expect(told(SORTS, '2026-10-10 12:00')).toEqual([]);
  expect(why(SORTS, '2026-10-10 20:00')).toEqual([[expect.any(String), '夜班', 'shiftedWorkday']]);
  expect(why(SORTS, '2026-10-17 12:00')).toEqual([[expect.any(String), '全天', 'rotation']]);
  const own = `${SORTS}        - { shift: night, on: [shiftedWorkday], every: day, from: 2026-01-01, turns: [[wu]] }\n`;
  expect(told(own, '2026-10-10 20:00')).toEqual(['wu']);
});

test('a turn counts the days of its own sort only, so that nobody’s turn is lost to a weekend', () => {
  const three = SORTS.replace('[[zhao], [qian]]', '[[zhao], [qian], [wu]]');
  const nights = ['2026-10-15', '2026-10-16', '2026-10-19', '2026-10-20'];
  const people = nights.map((date) => told(three, `${date} 20:00`)[0]);
  expect(new Set(people.slice(0, 3))).toEqual(new Set(['zhao', 'qian', 'wu']));
  expect(people[3]).toBe(people[0]);
});

test('without an order for holidays, a holiday has the one of weekends', () => {
  const plain = SORTS.replace(/.*on: \[holiday\].*\n/, '');
  expect(why(plain, '2026-10-01 12:00')).toEqual([[expect.stringMatching(/sun|wu/), '全天', 'holiday']]);
});

test('the organisation’s own calendar goes before the published one, and knows years that it does not', () => {
  const calendar = `calendar: { holidays: { 2030-10-08: 盟庆 }, workdays: { 2026-10-01: 抢险上班 } }`;
  expect(told(SORTS, '2030-10-08 12:00', calendar)).toEqual(['li', 'zhao']);
  expect(told(SORTS, '2026-10-01 12:00', calendar)).toEqual([]);
});

test('a rotation that ends gives way to the next', () => {
  const summer = `
      shifts: { whole: { name: 全天, from: '00:00', to: '00:00' } }
      rotations:
        - { shift: whole, every: day, from: 2026-01-01, until: 2026-05-31, turns: [[zhao]] }
        - { shift: whole, every: day, from: 2026-06-01, turns: [[qian]] }
`;
  expect(told(summer, '2026-05-31 23:59')).toEqual(['zhao']);
  expect(told(summer, '2026-06-01 00:00')).toEqual(['qian']);
});

test('an override by dates has whole shifts: the night that began the evening before is still the other’s', () => {
  const roster = `${ROTA}      overrides: [{ from: 2026-01-05, to: 2026-01-06, people: [wu, li] }]\n`;
  expect(told(roster, '2026-01-05 08:29')).toEqual(['qian']);
  expect(why(roster, '2026-01-05 08:30')).toEqual([
    ['wu', '白班', 'override'],
    ['li', '白班', 'override'],
  ]);
  expect(told(roster, '2026-01-07 08:29')).toEqual(['wu', 'li']);
  expect(told(roster, '2026-01-07 08:30')).toEqual(['zhao']);
});

test('an override by times cuts a shift, and only for its minutes', () => {
  const roster = `${ROTA}      overrides: [{ from: 2026-01-05 22:00, to: 2026-01-06 02:00, people: [wu], note: 就医 }]\n`;
  const spans = dutySpans(
    organisationWith(roster),
    organisationWith(roster).bodies[0]!,
    at('2026-01-05 17:30'),
    at('2026-01-06 08:30'),
  );
  expect(spans.map(({ from, onDuty }) => [from, onDuty.map(({ person, why }) => [person.id, why])])).toEqual([
    [at('2026-01-05 17:30'), [['sun', 'rotation']]],
    [at('2026-01-05 22:00'), [['wu', 'override']]],
    [at('2026-01-06 02:00'), [['sun', 'rotation']]],
  ]);
});

test('an override by times over several days ends in the middle of a shift', () => {
  const roster = `${ROTA}      overrides: [{ from: 2026-01-05 22:00, to: 2026-01-08 02:00, people: [wu] }]\n`;
  expect(told(roster, '2026-01-06 12:00')).toEqual(['wu']);
  expect(told(roster, '2026-01-08 01:59')).toEqual(['wu']);
  expect(told(roster, '2026-01-08 02:00')).toEqual(['qian']);
});

test('an override with `instead` replaces one of several, and with nobody leaves a gap', () => {
  const roster = (more: string) =>
    SORTS.replace(/$/, `      overrides: [{ from: 2026-10-01, to: 2026-10-03, ${more} }]\n`);
  expect(told(roster('instead: li, people: [wu]'), '2026-10-02 12:00')).toEqual(['wu', 'zhao']);
  expect(told(roster('instead: li, people: [zhao]'), '2026-10-02 12:00')).toEqual(['zhao']);
  expect(told(roster('people: []'), '2026-10-02 12:00')).toEqual([]);
});

test('a roster may be a list of dates and nothing else', () => {
  const table = `
      shifts: { night: { name: 夜班, from: '17:30', to: '08:30' } }
      overrides:
        - { from: 2026-01-05, to: 2026-01-05, shift: night, people: [zhao] }
        - { from: 2026-01-06, to: 2026-01-06, shift: night, people: [qian] }
`;
  expect(why(table, '2026-01-06 08:29')).toEqual([['zhao', '夜班', 'override']]);
  expect(told(table, '2026-01-06 17:30')).toEqual(['qian']);
  expect(told(table, '2026-01-06 12:00')).toEqual([]);
});

test('an override by times puts somebody where there is no shift', () => {
  const roster = SORTS.replace(
    /$/,
    `      overrides: [{ from: 2026-10-08 12:00, to: 2026-10-08 14:00, people: [wu] }]\n`,
  );
  expect(why(roster, '2026-10-08 13:00')).toEqual([['wu', null, 'override']]);
  expect(told(roster, '2026-10-08 14:00')).toEqual([]);
});

test('two who swap have each other’s duty, and nothing else changes', () => {
  const roster = `${ROTA}      swaps:
        - between: [{ person: sun, on: 2026-01-05, shift: night }, { person: zhao, on: 2026-01-07, shift: day }]
`;
  expect(why(roster, '2026-01-06 03:00')).toEqual([['zhao', '夜班', 'swap']]);
  expect(why(roster, '2026-01-07 12:00')).toEqual([['sun', '白班', 'swap']]);
  expect(told(roster, '2026-01-06 12:00')).toEqual(['sun']);
  expect(told(roster, '2026-01-06 20:00')).toEqual(['zhao']);
});

test('two on duty on one date may swap their shifts', () => {
  const roster = `${ROTA}      swaps:
        - between: [{ person: qian, on: 2026-01-05 }, { person: sun, on: 2026-01-05 }]
`;
  expect(told(roster, '2026-01-05 12:00')).toEqual(['sun']);
  expect(told(roster, '2026-01-05 20:00')).toEqual(['qian']);
});

test('contacts of a party: who is on duty, then the body’s others; the borrowed officer may act', () => {
  const roster = `${ROTA}      overrides: [{ from: 2026-01-05, to: 2026-01-05, people: [li] }]\n`;
  const org = organisationWith(roster);
  const contact = (contact: number, time: string) =>
    contactFor(org, { party: 'judicialOffice', office: 'office', contact }, at(time))?.id;
  expect([1, 2, 3, 4, 5].map((n) => contact(n, '2026-01-04 20:00'))).toEqual([
    'qian',
    'zhao',
    'sun',
    'wu',
    undefined,
  ]);
  expect(contact(1, '2026-01-05 20:00')).toBe('li');
  expect(contact(2, '2026-01-05 20:00')).toBe('zhao');
  expect(isOfParty(org, 'li', ['judicialOffice'], 'office')).toBe(true);
});

test('a body without a roster has nobody on duty, and its contacts in their order', () => {
  const org = organisationWith('');
  expect(onDutyAt(org, { party: 'judicialOffice', office: 'office' }, at('2026-01-05 12:00'))).toEqual([]);
  expect(onDutyAt(org, { body: 'nowhere' }, at('2026-01-05 12:00'))).toEqual([]);
  expect(
    contactFor(org, { party: 'judicialOffice', office: 'office', contact: 1 }, at('2026-01-05 12:00'))?.id,
  ).toBe('zhao');
});

test('mistakes of a roster show all at once', () => {
  const roster = `
      shifts:
        day: { name: 白班, from: '08:30', to: '17:30' }
        night: { name: 夜班, from: '17:00', to: '25:00' }
        late: { name: 晚班, from: '18:00', to: '01:00' }
      rotations:
        - { shift: day, every: day, from: 2026-02-30, turns: [[zhao]] }
        - { shift: late, every: weekday, from: 2026-01-01, turns: [[zhao], [zhou]] }
        - { shift: day, every: day, from: 2026-03-01, until: 2026-02-01, turns: [[qian, qian]] }
        - { shift: lat, every: day, from: 2026-01-01, turns: [] }
      overrides:
        - { from: 2026-01-05, to: 2026-01-06 08:00, people: [wu] }
        - { from: 2026-01-05, to: 2026-01-04, people: [wu] }
        - { from: 2026-01-05 08:00, to: 2026-01-05 09:00, shift: day, people: [wu] }
      swaps:
        - between: [{ person: sun, on: 2026-01-05 }, { person: sun, on: 2026-01-06 }]
        - between: [{ person: sun, on: 2026-01-05 }]
`;
  const calendar =
    'calendar: { holidays: { 2026-13-01: 元旦, 2026-10-01: 国庆节 }, workdays: { 2026-10-01: 上班 } }';
  let problems: string[] = [];
  try {
    organisationWith(roster, calendar);
  } catch (error) {
    problems = (error as OrganisationError).problems.map(({ path }) => path.replace('bodies.0.roster.', ''));
  }
  expect(problems.toSorted()).toEqual(
    [
      'shifts.night.to',
      'rotations.0.from',
      'rotations.1.turns',
      'rotations.1.turns.1.0',
      'rotations.2.until',
      'rotations.2.turns.0.1',
      'rotations.3.shift',
      'rotations.3.turns',
      'overrides.0.to',
      'overrides.1.to',
      'overrides.2.shift',
      'swaps.0.between.1.person',
      'swaps.1.between',
      'calendar.holidays.2026-13-01',
      'calendar.workdays.2026-10-01',
    ].toSorted(),
  );
});

test.each([
  ['the same hours', `day, every: day, from: 2026-01-01`, true],
  ['hours across midnight', `night, every: day, from: 2026-01-01`, true],
  ['hours that meet and do not overlap', `evening, every: day, from: 2026-01-01`, false],
  ['another role', `day, as: dutyLeader, every: day, from: 2026-01-01`, false],
  ['another sort of day', `day, on: [holiday], every: day, from: 2026-01-01`, false],
  ['another time of the year', `day, every: day, from: 2026-07-01`, false],
])('two rotations with %s', (_, second, overlaps) => {
  const load = () =>
    organisationWith(`
      shifts:
        day: { name: 白班, from: '08:00', to: '18:00' }
        evening: { name: 晚班, from: '18:00', to: '22:00' }
        night: { name: 夜班, from: '22:00', to: '09:00' }
      rotations:
        - { shift: day, every: day, from: 2026-01-01, until: 2026-06-30, turns: [[zhao]] }
        - { shift: ${second}, turns: [[qian]] }
`);
  if (overlaps) expect(load).toThrow(/roster\.rotations\.1: overlaps with rotation 1 of this list/);
  else expect(load).not.toThrow();
});

test('the roster and the calendar of docs/operations.md load, and have no gap over a holiday', () => {
  const examples = readFileSync('docs/operations.md', 'utf8').match(/(?<=```yaml\n)[^`]+/g)!;
  const [roster, calendar] = ['roster:', 'calendar:'].map((key) =>
    examples.find((text) => text.startsWith(key)),
  );
  const org = organisationWith(roster!.replace('roster:', '').replaceAll('\n', '\n    '), calendar);
  const spans = dutySpans(org, org.bodies[0]!, at('2026-09-25 00:00'), at('2026-10-12 00:00'));
  expect(spans.filter(({ onDuty }) => onDuty.length < 2)).toEqual([]);
  expect(new Set(spans.flatMap(({ onDuty }) => onDuty.map(({ why }) => why)))).toEqual(
    new Set(['rotation', 'holiday', 'shiftedWorkday', 'override', 'swap']),
  );
});

test('a table of five thousand dates is a roster, and as many rotations are refused', () => {
  const shifts = `\n      shifts: { day: { name: 白班, from: '08:30', to: '17:30' } }\n`;
  const rows = (row: string) => Array.from({ length: 5_000 }, () => `        - ${row}\n`).join('');
  const dates = `${shifts}      overrides:\n${rows('{ from: 2026-01-05 08:00, to: 2026-01-05 09:00, people: [wu] }')}`;
  expect(told(dates, '2026-01-05 08:30')).toEqual(['wu']);
  const rotations = `${shifts}      rotations:\n${rows('{ shift: day, every: day, from: 2026-01-05, turns: [[wu]] }')}`;
  expect(() => organisationWith(rotations)).toThrow(/rotations: .*at most 200/);
});
