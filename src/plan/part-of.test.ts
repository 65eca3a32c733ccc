import { expect, test } from '@jest/globals';
import { loadPlan } from './load.ts';
import { choosableBranches, planPart, startingBranch } from './part-of.ts';
import { CODED_BRANCHES } from './part.ts';
import { REQUIRED_STAGES } from './required-stages.ts';

const wushen = loadPlan('plans/wushen-2025.yaml');
const demonstration = loadPlan('plans/demonstration.yaml');

for (const plan of [wushen, demonstration]) {
  test.each(CODED_BRANCHES)(`the part of ${plan.pin.key} for %s has all that its code opens`, (key) => {
    const part = planPart(plan, key);
    expect(part.pin).toEqual(plan.pin);
    expect(part.branch.key).toBe(key);
    for (const { stage, outcomes } of [...REQUIRED_STAGES[key], ...REQUIRED_STAGES.shared]) {
      expect(Object.keys(part.branch.stages[stage]!.outcomes)).toEqual(expect.arrayContaining([...outcomes]));
    }
  });

  test.each(CODED_BRANCHES)(
    `the part of ${plan.pin.key} for %s is plain data and leads nowhere outside itself`,
    (key) => {
      const part = planPart(plan, key);
      expect(JSON.parse(JSON.stringify(part))).toEqual(part);
      expect(JSON.stringify(part).length).toBeLessThan(20_000);
      for (const { owner, tells, overdueChain } of Object.values(part.branch.stages)) {
        expect(part.parties).toHaveProperty(owner);
        expect(part.chains).toHaveProperty(overdueChain);
        for (const line of tells) {
          expect(part.parties).toHaveProperty(line.party);
          expect(part.chains).toHaveProperty(line.chain);
        }
      }
    },
  );
}

test('an event type starts in its branch when that branch runs', () => {
  expect(startingBranch(wushen, 'riskSign')).toEqual({ branch: 'riskSigns', marks: [] });
  expect(startingBranch(wushen, 'unnaturalDeath')).toEqual({ branch: 'violentAct', marks: [] });
});

test('what no branch fits waits for a person: no type, preparing or doing, not coded yet, not known', () => {
  expect(startingBranch(wushen, null)).toEqual({ branch: 'triage', marks: [] });
  expect(startingBranch(wushen, 'violentCrime')).toEqual({ branch: 'triage', marks: ['noBranchOfItsOwn'] });
  expect(startingBranch(wushen, 'lostContact')).toEqual({ branch: 'triage', marks: ['branchNotAvailable'] });
  expect(startingBranch(wushen, 'earthquake')).toEqual({ branch: 'triage', marks: ['unknownEventType'] });
  expect(startingBranch(wushen, 'constructor')).toEqual({ branch: 'triage', marks: ['unknownEventType'] });
});

test('a person chooses among the branches that run', () => {
  expect(choosableBranches(wushen)).toEqual(['riskSigns', 'violentAct']);
  const { violentAct: _, ...branches } = wushen.branches;
  const without = { ...wushen, branches };
  expect(choosableBranches(without)).toEqual(['riskSigns']);
  expect(() => planPart(without, 'violentAct')).toThrow('plan wushen has no branch violentAct');
});
