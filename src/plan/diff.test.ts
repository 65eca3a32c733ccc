import { expect, test } from '@jest/globals';
import { type ChangeGroup, diffPlans } from './diff.ts';
import { readPlanFile } from './load.ts';
import { broken, text } from './testing.ts';

const fileOf = (source: string) => readPlanFile({ name: 'plan', text: source }).value;

const changesOf = (...changes: [was: string, is: string][]) =>
  diffPlans(fileOf(text), fileOf(broken(...changes))).map(({ group, text: words }): [ChangeGroup, string] => [
    group,
    words,
  ]);

test('an edition is the same as itself', () => {
  expect(diffPlans(fileOf(text), fileOf(text))).toEqual([]);
});

test("the bureau's own limits are told last and apart from what the plan says", () => {
  expect(
    changesOf(
      ['within: PT4H', 'within: PT3H'],
      ['overdueWait: PT10M', 'overdueWait: PT15M'],
      ['\n  riskSigns:…planText: 及时', 'planText: 立即'],
      ['\n  riskSigns:…receiptWithin: PT10M', 'receiptWithin: PT5M'],
    ),
  ).toEqual([
    ['duties', 'riskSigns 苗头迹象处置, reportTownship 向苏木（镇）指挥小组报告, planText: “及时” → “立即”'],
    ['limits', 'overdueWait: PT10M → PT15M'],
    ['limits', 'abscondingSearch 失联查找, search 查找, within: PT4H → PT3H'],
    [
      'limits',
      'riskSigns 苗头迹象处置, reportTownship 向苏木（镇）指挥小组报告, tells, judicialOffice, receiptWithin: PT10M → PT5M',
    ],
  ]);
});

test("a statute's day clock is no limit of the bureau's", () => {
  expect(changesOf(['startsAfter: P10D', 'startsAfter: P15D'])).toEqual([
    ['duties', 'abscondingSearch 失联查找, warning 离开逾十日的处理, startsAfter: P10D → P15D'],
  ]);
});

test('a limit that is taken away is 未载明 from then on', () => {
  expect(changesOf(['\n  riskSigns:…        within: PT1H\n', ''])).toEqual([
    ['limits', 'riskSigns 苗头迹象处置, reportTownship 向苏木（镇）指挥小组报告, within: PT1H → none'],
  ]);
});

test('parties, chains, event types and papers are told each by themselves', () => {
  expect(
    changesOf(
      ['edition: 2025-01-17', 'edition: 2026-02-01'],
      ['  policeStation:\n    name: 派出所', '  policeStation:\n    name: 公安派出机构'],
      ['    - { party: townshipDutyLeader, wait: PT10M }\n', ''],
      ['  neverEnrolled: { name: 漏管, clause: 二, branch: null }\n', ''],
      ['perYear: 1', 'perYear: 2'],
    ),
  ).toEqual([
    ['edition', 'edition: “2025-01-17” → “2026-02-01”'],
    ['parties', 'policeStation, name: “派出所” → “公安派出机构”'],
    [
      'chains',
      'township, order: “townshipCommandGroup (contact 2) → townshipDutyLeader → dutyLeader → bureauChief” → “townshipCommandGroup (contact 2) → dutyLeader → bureauChief”',
    ],
    ['eventTypes', 'neverEnrolled 漏管 is no longer there'],
    ['papers', 'drills, perYear: 1 → 2'],
    ['limits', 'township, townshipDutyLeader is waited for: PT10M → none'],
  ]);
});

test('a duty that is new is told once, by its name', () => {
  const stage = `      phone:
        name: 电话联系
        clause: 四（二）
        source: local
        owner: judicialOffice
        tells: [{ party: judicialOffice, duty: 请电话联系, receiptWithin: PT10M, chain: office }]
        outcomes: { done: { name: 已联系, evidence: 通话时间 } }
`;
  expect(
    changesOf(
      [
        'learnt: { name: 情况已了解, evidence: 谈话或走访记录，信息来源 }',
        'learnt: { name: 情况已了解, evidence: 谈话或走访记录，信息来源, opens: [phone] }',
      ],
      ['      counselling:', `${stage}      counselling:`],
    ),
  ).toEqual([
    [
      'duties',
      'riskSigns 苗头迹象处置, learnFacts 了解情况, outcomes, learnt 情况已了解, opens: none → “phone”',
    ],
    ['duties', 'riskSigns 苗头迹象处置, phone 电话联系 is new'],
  ]);
});
