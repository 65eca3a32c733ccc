import { expect, test } from '@jest/globals';
import { loadPlan } from '../plan/load.ts';
import { loadScenario, loadScenarios } from './load-scenarios.ts';

const plan = loadPlan('plans/wushen-2025.yaml');
const kept = [...loadScenarios('plans/drills').values()];

test('the kept scenarios are of types the plan has, and their outcomes of stages it has', () => {
  expect(kept.length).toBeGreaterThanOrEqual(3);
  const stages = Object.values(plan.branches).flatMap((branch) => Object.entries(branch.stages));
  for (const { eventType, injects } of kept) {
    expect(Object.keys(plan.eventTypes)).toContain(eventType);
    for (const { kind, stage, outcome } of injects.filter((each) => each.kind === 'outcome'))
      expect([kind, stages.some(([key, rule]) => key === stage && rule.outcomes[outcome!])]).toEqual([
        kind,
        true,
      ]);
  }
});

test('everybody in them is invented', () => {
  for (const { report } of kept) for (const { name } of report.subjects) expect(name).toMatch(/^演练/);
});

test('a mistake is named with its place', () => {
  const text =
    'key: one\ntitle: 演练\nclause: 四\neventType: null\nreport: { situation: 虚构 }\nduration: soon\n';
  expect(() => loadScenario({ name: 'one.yaml', text })).toThrow(/line 6.*duration/);
});

test('no folder is no scenario', () => {
  expect(loadScenarios('plans/nowhere').size).toBe(0);
});
