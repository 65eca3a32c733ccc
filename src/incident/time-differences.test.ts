import { expect, test } from '@jest/globals';
import type { TimelineLine } from './four-times.ts';
import { timeDifferences, type Compared } from './time-differences.ts';

/** 五（四）: what deserves a look, and what does not. Times of China as UTC. */
const at = (time: string): string => `2026-03-04T${time}:00.000Z`;
const TWO_HOURS = { iso: 'PT2H', ms: 7_200_000 };
const reported = (discoveredAt: string | null, receivedAt: string): TimelineLine => ({
  seq: 1,
  at: receivedAt,
  kind: 'incidentReported',
  data: { occurredAt: null, discoveredAt, receivedAt },
});
const told = (seq: number, by: string, facts: Record<string, string>): TimelineLine => ({
  seq,
  at: at('07:00'),
  kind: 'factsAdded',
  data: { by, names: Object.keys(facts) },
  personal: facts,
});
const police = (time: string) =>
  told(2, 'leading-1', {
    'knownElsewhere.who': '测试派出所',
    'knownElsewhere.at': at(time),
    'knownElsewhere.source': '接处警登记',
  });
const OFFICE = ['jia-1', 'jia-2'];
const compare = (timeline: TimelineLine[], more: Partial<Compared> = {}) =>
  timeDifferences({
    timeline,
    verified: [],
    drill: false,
    isSubCase: false,
    closedAs: null,
    reportedWithin: null,
    isOfOffice: (person) => OFFICE.includes(person),
    ...more,
  });

test('known at 09:20, reported at 14:00, known to the police at 10:00: both times with their sources, twice', () => {
  const found = compare([reported(at('01:20'), at('06:00')), police('02:00')], { reportedWithin: TWO_HOURS });
  expect(found).toMatchObject([
    {
      key: 'report.0',
      kind: 'longBeforeReport',
      limit: TWO_HOURS,
      times: [
        { label: 'discovered', at: at('01:20'), source: 'officeReport' },
        { label: 'reported', at: at('06:00'), source: 'apiClock' },
      ],
    },
    {
      key: 'entry.2',
      kind: 'knownElsewhere',
      limit: null,
      who: '测试派出所',
      source: '接处警登记',
      times: [
        { label: 'discovered', at: at('01:20') },
        { label: 'knownElsewhere', at: at('02:00'), source: 'elsewhere', by: 'leading-1' },
        { label: 'reported', at: at('06:00') },
      ],
    },
  ]);
});

test('without a limit of the bureau (未载明) length alone shows nothing; within it neither', () => {
  expect(compare([reported(at('01:20'), at('06:00'))])).toEqual([]);
  expect(compare([reported(at('04:00'), at('06:00'))], { reportedWithin: TWO_HOURS })).toEqual([]);
});

test('case 3: a false alarm shows nothing, whatever its times; nor does a drill, a sub-case, or a merged report', () => {
  const timeline = [reported(at('01:20'), at('06:00')), police('02:00')];
  for (const more of [
    { closedAs: 'falseAlarm' as const },
    { closedAs: 'merged' as const },
    { drill: true },
    { isSubCase: true },
  ])
    expect(compare(timeline, { reportedWithin: TWO_HOURS, ...more })).toEqual([]);
});

test('another source that learnt of it after the report is no difference', () => {
  expect(compare([reported(at('05:50'), at('06:00')), police('06:00')])).toEqual([]);
});

test('an office that corrects its own report made an honest error: nothing; another body confirms an earlier time: a look', () => {
  const wrong = reported(at('05:50'), at('06:00'));
  expect(compare([wrong, told(2, 'jia-1', { discoveredAt: at('05:40') })])).toEqual([]);
  expect(compare([wrong, told(2, 'leading-1', { discoveredAt: at('05:55') })])).toEqual([]); // later: to their favour
  expect(compare([wrong, told(2, 'leading-1', { discoveredAt: at('01:20') })])).toMatchObject([
    {
      kind: 'contradicted',
      element: 'time',
      times: [
        { label: 'toldBefore', at: at('05:50'), source: 'officeReport' },
        { label: 'verified', at: at('01:20'), source: 'laterFact', by: 'leading-1' },
        { label: 'reported', at: at('06:00') },
      ],
    },
  ]);
});

test('verified facts: one that differs from a report, and one that no report had', () => {
  const fact = {
    report: 0,
    element: 'persons',
    at: at('02:00'),
    by: 'general-1',
    confirmed: '两人',
    source: '现场勘验',
  };
  const found = compare([reported(at('01:20'), at('01:30'))], {
    verified: [
      { id: 'a', kind: 'contradicted', ...fact },
      { id: 'b', kind: 'unreported', ...fact, element: null },
    ],
  });
  expect(found).toMatchObject([
    { key: 'verified.a', kind: 'contradicted', element: 'persons', confirmed: '两人', source: '现场勘验' },
    { key: 'verified.b', kind: 'unreported', element: null },
  ]);
  expect(found[0]!.times.map(({ label, source }) => [label, source])).toEqual([
    ['verified', 'elsewhere'],
    ['reported', 'apiClock'],
  ]);
});
