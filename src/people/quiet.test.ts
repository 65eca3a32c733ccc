import { expect, test } from '@jest/globals';
import { loadOrganisation } from './organisation.ts';
import { type QuietRule, quietRulesOf, quietUntil } from './quiet.ts';
import { at, organisationWith } from './testing.ts';

const NIGHT: QuietRule[] = [{ from: '22:00', to: '07:00' }];
const until = (rules: QuietRule[], time: string, by: 'email' | 'voice' = 'email') =>
  quietUntil(rules, by, at(time), undefined);

test('a night lasts over midnight: from 22:00 on, until 07:00 and no longer', () => {
  const morning = at('2026-03-10 07:00');
  expect(until(NIGHT, '2026-03-09 21:59')).toBeNull();
  expect(until(NIGHT, '2026-03-09 22:00')).toBe(morning);
  expect(until(NIGHT, '2026-03-10 00:00')).toBe(morning);
  expect(until(NIGHT, '2026-03-10 06:59')).toBe(morning);
  expect(until(NIGHT, '2026-03-10 07:00')).toBeNull();
});

test('hours on a sort of day belong to the day on which they begin: Saturday’s night is over on Sunday, Sunday’s on Monday', () => {
  const weekend: QuietRule[] = [{ from: '20:00', to: '08:00', on: ['weekend'] }];
  expect(until(weekend, '2026-03-13 23:00')).toBeNull(); // Friday
  expect(until(weekend, '2026-03-15 02:00')).toBe(at('2026-03-15 08:00'));
  expect(until(weekend, '2026-03-16 02:00')).toBe(at('2026-03-16 08:00'));
  expect(until(weekend, '2026-03-17 02:00')).toBeNull();
});

test('hours that meet are one: a free weekend with its nights ends on Monday morning', () => {
  const rules: QuietRule[] = [...NIGHT, { from: '00:00', to: '00:00', on: ['weekend'] }];
  expect(until(rules, '2026-03-13 23:00')).toBe(at('2026-03-16 07:00'));
  expect(until(rules, '2026-03-14 12:00')).toBe(at('2026-03-16 07:00'));
});

test('methods that are named are left out in those hours, others come', () => {
  const noCalls: QuietRule[] = [{ from: '12:00', to: '14:00', not: ['voice', 'sms'] }];
  expect(until(noCalls, '2026-03-10 12:30', 'voice')).toBe(at('2026-03-10 14:00'));
  expect(until(noCalls, '2026-03-10 12:30', 'email')).toBeNull();
});

test('rules that leave no hour free end all the same', () => {
  const always: QuietRule[] = [...NIGHT, { from: '07:00', to: '22:00' }];
  const end = until(always, '2026-03-10 12:00')!;
  expect(end > at('2026-03-24 00:00') && end < at('2026-03-26 00:00')).toBe(true);
});

test('a person’s own rules count before the body’s, none at all among them, and those before the organisation’s', () => {
  const [own, body, all] = [NIGHT, [{ from: '12:00', to: '14:00' }], [{ from: '18:00', to: '08:00' }]];
  expect(quietRulesOf({ quiet: own }, { quiet: body }, { quiet: all })).toBe(own);
  expect(quietRulesOf({ quiet: [] }, { quiet: body })).toEqual([]);
  expect(quietRulesOf({}, { quiet: body }, { quiet: all })).toBe(body);
  expect(quietRulesOf({}, null, { quiet: all })).toBe(all);
});

test('a file states them for organisation, body or person; what would silence everything is a mistake', () => {
  const org = organisationWith('', "quiet: [{ from: '22:00', to: '07:00', on: [workday] }]");
  expect(org.quiet).toEqual([{ from: '22:00', to: '07:00', on: ['workday'] }]);
  const text = (rule: string) => () => organisationWith('', `quiet: [${rule}]`);
  expect(text("{ from: '22:00', to: '22:00' }")).toThrow(/all hours of all days/);
  expect(text("{ from: '22:00', to: '25:00' }")).toThrow(/is no time of day/);
  expect(loadOrganisation('plans/organisation.sample.yaml').quiet).toBeUndefined();
});
