import { expect, test } from '@jest/globals';
import { loadPlan } from '../plan/load.ts';
import { loadOrganisation, type Organisation } from './organisation.ts';
import { unverifiedContacts } from './contact-guard.ts';
import type { GuardCode, RosterFinding } from './guard-finding.ts';
import { METHODS, type MethodName } from './methods.ts';
import { guardRosters } from './roster-guard.ts';
import { at, organisationWith } from './testing.ts';

const plan = loadPlan('plans/second-county.yaml');

const guarded = (
  organisation: Organisation,
  from: string,
  days = 14,
  served: readonly MethodName[] = METHODS,
): RosterFinding[] => guardRosters({ organisation, plan, served, from: at(from), days });

/** What is found of one code: who or where, from, to. */
const found = (code: GuardCode, organisation: Organisation, from: string, days = 14, served = [...METHODS]) =>
  guarded(organisation, from, days, served)
    .filter((one) => one.code === code)
    .map(({ body, person, from, to }) => [person ?? body, from, to]);

const NIGHTS = `
      shifts:
        day: { name: 白班, from: '08:30', to: '17:30' }
        night: { name: 夜班, from: '17:30', to: '08:30' }
      rotations:
        - { shift: day, every: day, from: 2026-01-01, turns: [[zhao]] }
        - { shift: night, every: day, from: 2026-01-01, turns: [[qian], [sun]] }
`;

test('a roster that covers day and night has no gap', () => {
  expect(found('gap', organisationWith(NIGHTS), '2026-09-25 09:00')).toEqual([]);
});

test('a gap is named eleven days ahead, with body and times, in both languages', () => {
  const org = organisationWith(
    `${NIGHTS}      overrides: [{ from: 2026-10-06, to: 2026-10-06, shift: night, people: [] }]\n`,
  );
  const [gap, ...more] = guarded(org, '2026-09-25 09:00').filter(({ code }) => code === 'gap');
  expect(more).toEqual([]);
  expect(gap).toEqual({
    code: 'gap',
    body: 'office',
    person: null,
    from: at('2026-10-06 17:30'),
    to: at('2026-10-07 08:30'),
    text: {
      zh: '虚构司法所：10月6日 17:30至10月7日 08:30无人值班',
      en: '虚构司法所: nobody on duty from 2026-10-06 17:30 to 2026-10-07 08:30',
    },
  });
  expect(found('gap', org, '2026-09-25 09:00', 7)).toEqual([]);
  expect(found('gap', org, '2026-10-07 02:00', 1)).toEqual([
    ['office', at('2026-10-07 02:00'), at('2026-10-07 08:30')],
  ]);
});

test('gaps that meet are one', () => {
  const org = organisationWith(
    `${NIGHTS}      overrides: [{ from: 2026-10-06, to: 2026-10-07, people: [] }]\n`,
  );
  expect(found('gap', org, '2026-09-25 09:00')).toEqual([
    ['office', at('2026-10-06 08:30'), at('2026-10-08 08:30')],
  ]);
});

test('a roster with duty leaders lacks one on the days that have none, whoever the officers are; one without leaders lacks none', () => {
  const leaders = `${NIGHTS}        - { as: dutyLeader, shift: day, on: [workday], every: day, from: 2026-01-01, turns: [[li]] }\n`;
  const org = organisationWith(leaders);
  expect(found('leaderGap', org, '2026-10-16 08:30', 3)).toEqual([
    ['office', at('2026-10-16 17:30'), at('2026-10-19 08:30')],
  ]);
  expect(found('gap', org, '2026-10-16 08:30', 1)).toEqual([]);
  expect(found('leaderGap', organisationWith(NIGHTS), '2026-10-16 08:30', 1)).toEqual([]);
});

test('somebody on duty without an address is nobody who can be told', () => {
  const org = organisationWith(NIGHTS);
  org.people.find(({ id }) => id === 'sun')!.email = undefined;
  expect(found('unreachable', org, '2026-10-16 08:30', 2)).toEqual([
    ['office', at('2026-10-17 17:30'), at('2026-10-18 08:30')],
  ]);
  expect(found('noEmail', org, '2026-10-16 08:30', 2)).toEqual([
    ['sun', at('2026-10-17 17:30'), at('2026-10-18 08:30')],
  ]);
});

test('somebody with a phone alone can be told where texts or calls are set up, and nowhere else', () => {
  const org = organisationWith(NIGHTS);
  const sun = org.people.find(({ id }) => id === 'sun')!;
  Object.assign(sun, { email: undefined, phone: '139 0000 0003', methods: [{ by: 'sms', repeats: 0 }] });
  const when = [at('2026-10-17 17:30'), at('2026-10-18 08:30')];
  const codes = (served: MethodName[]) =>
    (['unreachable', 'noMethod', 'noEmail'] as const).flatMap((code) =>
      found(code, org, '2026-10-16 08:30', 2, served).map((one) => [code, ...one]),
    );
  expect(codes(['sms', 'email'])).toEqual([]);
  expect(codes(['voice', 'email'])).toEqual([
    ['unreachable', 'office', ...when],
    ['noMethod', 'sun', ...when],
  ]);
  sun.phone = '010-6000 0003'; // a landline gets no text
  expect(codes(['sms', 'email'])).toContainEqual(['noMethod', 'sun', ...when]);
});

test('somebody with a mail address alone cannot be told where no mail goes out, and neither can their party', () => {
  const org = organisationWith('');
  for (const one of org.people) Object.assign(one, { phone: undefined, email: 'one@example.invalid' });
  const lost = (served: MethodName[]) =>
    guarded(org, '2026-10-16 08:30', 1, served).map(({ code, person, text }) => [code, person, text.zh]);
  expect(lost(['inApp', 'email']).filter(([code]) => code === 'noMethod')).toEqual([]);
  expect(lost(['sms', 'voice'])).toContainEqual([
    'noMethod',
    'zhao',
    '虚构司法所虚构zhao：没有一种已启用的联系方式，无法通知',
  ]);
  expect(lost(['sms', 'voice'])).toContainEqual([
    'unfilledParty',
    null,
    '片区工作站：虚构司法所没有可通知的人员',
  ]);
});

test('a way that was never seen to work is named with its person, once for a body', () => {
  const org = organisationWith('');
  Object.assign(
    org.people.find(({ id }) => id === 'zhao')!,
    { phone: '139 0000 0001' },
  );
  const unverified = (verified: { person: string; channel: string }[]) =>
    unverifiedContacts(org, verified, { from: at('2026-10-16 08:30'), days: 14, served: METHODS })
      .filter(({ body }) => body === 'office')
      .map(({ text }) => text.zh);
  const mails = org.people.map(({ id }) => ({ person: id, channel: 'email' }));
  expect(unverified(mails)).toEqual(['虚构司法所：以下联系方式从未确认过能够送达：虚构zhao（短信、电话）']);
  const phones = ['sms', 'voice'].map((channel) => ({ person: 'zhao', channel }));
  expect(unverified([...mails, ...phones])).toEqual([]);
});

test('somebody on duty for two bodies at once is named with both, for the time that both have', () => {
  const org = organisationWith(NIGHTS);
  const leaders = organisationWith(`
      shifts: { evening: { name: 晚班, from: '16:00', to: '20:00' } }
      overrides: [{ from: 2026-10-16, to: 2026-10-16, shift: evening, people: [zhao, wu] }]
`).bodies[0]!.roster!;
  org.bodies[1]!.roster = leaders;
  const double = guarded(org, '2026-10-15 12:00').filter(({ code }) => code === 'doubleBooked');
  expect(double.map(({ person, from, to, text }) => [person, from, to, text.zh])).toEqual([
    [
      'zhao',
      at('2026-10-16 16:00'),
      at('2026-10-16 17:30'),
      '虚构zhao：10月16日 16:00至10月16日 17:30同时在虚构司法所和虚构带班领导值班',
    ],
  ]);
});

test('people who may be told need an address and a number that can be dialled; others are left alone', () => {
  const org = organisationWith('');
  const [zhao, qian, sun] = org.people;
  zhao!.phone = '138 0000 0000';
  qian!.phone = '1380000';
  sun!.email = 'sun at example';
  org.people.push({ id: 'retired', name: '虚构退休', post: '无', body: 'office' });
  const window = [at('2026-10-16 08:30'), at('2026-10-17 08:30')];
  expect(found('noPhone', org, '2026-10-16 08:30', 1)).toEqual(
    ['sun', 'wu', 'li'].map((id) => [id, ...window]),
  );
  expect(found('malformedPhone', org, '2026-10-16 08:30', 1)).toEqual([['qian', ...window]]);
  expect(found('malformedEmail', org, '2026-10-16 08:30', 1)).toEqual([['sun', ...window]]);
  expect(found('noEmail', org, '2026-10-16 08:30', 1)).toEqual([]);
});

test('a finding shows nobody’s address or number', () => {
  const org = organisationWith(NIGHTS);
  org.people[1]!.phone = '1380000';
  expect(JSON.stringify(guarded(org, '2026-10-16 08:30'))).not.toMatch(/1380000|@/);
});

test('a party of the plan that nobody fills is named with its offices', () => {
  const texts = guarded(organisationWith(''), '2026-10-16 08:30')
    .filter(({ code }) => code === 'unfilledParty')
    .map(({ text }) => text.zh);
  expect(texts).toContain('局主要负责人：虚构司法所没有可通知的人员');
  expect(texts.join()).not.toContain('片区工作站');
});

test('a swap of somebody who has no duty on that date is found; one of two who have is not', () => {
  const swap = (on: string) =>
    organisationWith(`${NIGHTS}      swaps:
        - between: [{ person: qian, on: ${on} }, { person: zhao, on: 2026-10-20, shift: day }]
`);
  expect(found('idleSwap', swap('2026-10-17'), '2026-10-16 08:30')).toEqual([
    ['qian', at('2026-10-17 00:00'), at('2026-10-18 00:00')],
  ]);
  expect(found('idleSwap', swap('2026-10-16'), '2026-10-16 08:30')).toEqual([]);
});

test('a person may swap a duty that came by a swap', () => {
  const org = organisationWith(`${NIGHTS}      swaps:
        - between: [{ person: qian, on: 2026-10-18 }, { person: zhao, on: 2026-10-20, shift: day }]
        - between: [{ person: zhao, on: 2026-10-18, shift: night }, { person: sun, on: 2026-10-19 }]
`);
  expect(found('idleSwap', org, '2026-10-16 08:30')).toEqual([]);
});

test('a year whose holidays nobody knows is named once, from its first day; the organisation’s own calendar may tell', () => {
  const [from, to] = [at('2029-01-01 00:00'), at('2029-01-10 00:00')];
  const own = (dates: string) => organisationWith(NIGHTS, `calendar: { holidays: { ${dates} } }`);
  expect(found('unknownHolidays', own('2028-12-31: 元旦'), '2028-12-27 00:00')).toEqual([[null, from, to]]);
  expect(found('unknownHolidays', own('2028-12-31: 元旦, 2029-01-01: 元旦'), '2028-12-27 00:00')).toEqual([]);
  expect(found('unknownHolidays', organisationWith(''), '2028-12-27 00:00')).toEqual([]);
});

test('the sample’s rosters have nothing to mend but numbers, which no invented person has', () => {
  const sample = loadOrganisation('plans/roster.sample.yaml');
  const codes = guarded(sample, '2026-09-25 00:00', 60).map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set(['noPhone']));
  for (const { email, name } of sample.people) {
    expect(email).toMatch(/@example\.invalid$/);
    expect(name).toMatch(/^虚构/);
  }
});
