import { expect, test } from '@jest/globals';
import { toInstant, type Instant } from '../incident/instant.ts';
import { loadPlan } from '../plan/load.ts';
import { planPart } from '../plan/part-of.ts';
import { scoreIncident, type ScoredEntry } from './score.ts';
import { summaryFields } from './summary.ts';
import type { DrillOrder } from './order.ts';

const plan = loadPlan('plans/wushen-2025.yaml');
const START = Date.parse('2026-03-04T01:00:00.000Z');
/** On a clock ten times as fast: six real seconds are a minute of the drill. */
const PACE = 10;
const at = (minutes: number): Instant => toInstant(START + (minutes * 60_000) / PACE);
const stage = { stageId: '1.policeCall', opening: 1 };
const own = { ...stage, line: 'judicialOffice', partyName: '司法所', outside: false };
const police = { ...stage, line: 'policeStation', partyName: '派出所', outside: true };

const opened: ScoredEntry[] = [
  { at: at(0), kind: 'incidentReported', data: {} },
  { at: at(0), kind: 'branchEntered', data: { entry: 1, branch: 'violentAct' } },
  {
    at: at(0),
    kind: 'stageOpened',
    data: {
      ...stage,
      entry: 1,
      stage: 'policeCall',
      stageName: '报警',
      clause: '四（三）',
      planText: '立即',
      startsAt: null,
    },
  },
  { at: at(0), kind: 'messageSent', data: { ...own, key: 'a' } },
  { at: at(0), kind: 'messageSent', data: { ...police, key: 'b' } },
  { at: at(1), kind: 'messageSettled', data: { key: 'a', result: 'accepted', person: 'jia-1' } },
  { at: at(1), kind: 'messageSettled', data: { key: 'b', result: 'withheld', person: null } },
];

const scored = (more: ScoredEntry[], reports: Record<string, string | null>[] = []) =>
  scoreIncident({
    timeline: [...opened, ...more],
    pace: PACE,
    reports,
    participants: ['jia-1', 'jia-2'],
    truth: { place: ['虚构超市'], persons: ['演练乙'], time: ['昨晚'], measures: ['报警'] },
    rule: (branch, name) => planPart(plan, branch).branch.stages[name] ?? null,
  });

test('told, confirmed and evidence are measured in the drill’s own time, against the plan', () => {
  const { stages, people } = scored([
    { at: at(4), kind: 'acknowledged', data: { ...own, key: 'a', person: 'jia-1' } },
    { at: at(6), kind: 'stageEnded', data: { ...stage, outcome: 'called', by: 'jia-1' } },
  ]);
  expect(stages).toHaveLength(1);
  expect(stages[0]).toMatchObject({
    evidence: 'later',
    evidenceMs: 360_000,
    limitMs: 300_000,
    outcome: 'called',
  });
  expect(stages[0]!.told).toEqual([
    {
      party: 'judicialOffice',
      partyName: '司法所',
      outside: false,
      result: 'told',
      toldMs: 60_000,
      confirmed: 'within',
      confirmMs: 240_000,
      limitMs: 300_000,
    },
    {
      party: 'policeStation',
      partyName: '派出所',
      outside: true,
      result: 'withheld',
      toldMs: null,
      confirmed: 'none',
      confirmMs: null,
      limitMs: null,
    },
  ]);
  expect(people).toEqual([
    { person: 'jia-1', told: 1, confirmed: 1, acts: 1, firstMs: 240_000 },
    { person: 'jia-2', told: 0, confirmed: 0, acts: 0, firstMs: null },
  ]);
});

test('what a drill’s end ended had no evidence, and is nobody’s act', () => {
  const { stages, people } = scored([
    { at: at(20), kind: 'stageEnded', data: { ...stage, outcome: 'closed', by: 'general-1' } },
    { at: at(20), kind: 'drillEnded', data: { as: 'ended', by: 'general-1' } },
  ]);
  expect(stages[0]).toMatchObject({ evidence: 'open', outcome: null });
  expect(stages[0]!.told[0]).toMatchObject({ confirmed: 'open' });
  expect(people.map(({ person }) => person)).toEqual(['jia-1', 'jia-2']);
});

test('a report is held to the script element by element; 正在核实 is an answer', () => {
  const { report } = scored(
    [],
    [
      { place: '别处', time: null },
      { place: '虚构超市门口', persons: '一名男子' },
    ],
  );
  expect(report).toEqual([
    { element: 'time', state: 'verifying', without: [] },
    { element: 'place', state: 'matches', without: [] },
    { element: 'persons', state: 'differs', without: ['演练乙'] },
    { element: 'measures', state: 'notGiven', without: [] },
  ]);
});

test('the summary says counts and differences, and accuses nobody', () => {
  const order = {
    title: '演练',
    report: { situation: '虚构' },
    keyPeriod: '',
    weakPoint: '夜间',
    riskPoint: '',
  };
  const score = scored([
    { at: at(6), kind: 'stageEnded', data: { ...stage, outcome: 'called', by: 'jia-1' } },
  ]);
  const { assessment, scenario } = summaryFields(order as unknown as DrillOrder, score, (id) => id);
  expect(scenario).toBe('演练。虚构\n针对的薄弱环节：夜间');
  expect(assessment).toContain('报警：6分钟登记证据，时限5分钟。');
  expect(assessment).toContain('报警：司法所至演练结束没有确认。');
  expect(assessment).not.toMatch(/迟报|谎报|瞒报|漏报/);
});
