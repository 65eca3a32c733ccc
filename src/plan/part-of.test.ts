import { expect, test } from '@jest/globals';
import { loadPlan } from './load.ts';
import { choosableBranches, hasAftermath, planPart, startingBranch } from './part-of.ts';
import { CODED_STAGES, type CodedSection } from './coded-stages.ts';

const wushen = loadPlan('plans/wushen-2025.yaml');
const demonstration = loadPlan('plans/demonstration.yaml');

for (const plan of [wushen, demonstration]) {
  test.each(Object.keys(plan.branches))(
    `the part of ${plan.pin.key} for %s has all that its code opens`,
    (key) => {
      const part = planPart(plan, key);
      expect(part.pin).toEqual(plan.pin);
      expect(part.branch).toMatchObject({ key, workflow: key });
      const sections: CodedSection[] = ['firstResponse', key as CodedSection, 'shared'];
      for (const { stage, optional, ends, continues } of sections.flatMap(
        (section) => CODED_STAGES[section],
      )) {
        if (optional && !part.branch.stages[stage]) continue;
        const { outcomes } = part.branch.stages[stage]!;
        for (const outcome of ends) expect(outcomes[outcome]).toMatchObject({ continues: false });
        for (const outcome of continues) expect(outcomes[outcome]).toMatchObject({ continues: true });
      }
    },
  );

  test.each(Object.keys(plan.branches))(
    `the part of ${plan.pin.key} for %s is plain data and leads nowhere outside itself`,
    (key) => {
      const part = planPart(plan, key);
      expect(JSON.parse(JSON.stringify(part))).toEqual(part);
      expect(JSON.stringify(part).length).toBeLessThan(25_000);
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

test('a branch of the plan that no code knows runs through its stages', () => {
  const { riskSigns } = wushen.branches;
  const own = { ...riskSigns!, key: 'fire', workflow: 'stagedResponse' as const, sequence: [['learnFacts']] };
  const plan = { ...wushen, branches: { ...wushen.branches, fire: own } };
  expect(planPart(plan, 'fire').branch).toMatchObject({
    key: 'fire',
    workflow: 'stagedResponse',
    sequence: [['learnFacts']],
  });
  expect(choosableBranches(plan)).toContain('fire');
});

test('the stages of the first response come with every branch and are named apart', () => {
  const part = planPart(wushen, 'riskSigns');
  expect(part.incidentStages).toEqual([
    'initialResponse',
    'activationReport',
    'activationRequest',
    'activationDecision',
    'townshipResponse',
  ]);
  for (const stage of part.incidentStages) expect(part.branch.stages).toHaveProperty(stage);
});

test('an event type starts in its branch', () => {
  expect(startingBranch(wushen, 'riskSign')).toEqual({ branch: 'riskSigns', marks: [] });
  expect(startingBranch(wushen, 'unnaturalDeath')).toEqual({ branch: 'violentAct', marks: [] });
  expect(startingBranch(wushen, 'lostContact')).toEqual({ branch: 'abscondingSearch', marks: [] });
});

test('what no branch fits waits for a person: no type, preparing or doing, not known', () => {
  expect(startingBranch(wushen, null)).toEqual({ branch: 'triage', marks: [] });
  expect(startingBranch(wushen, 'violentCrime')).toEqual({ branch: 'triage', marks: ['noBranchOfItsOwn'] });
  expect(startingBranch(wushen, 'earthquake')).toEqual({ branch: 'triage', marks: ['unknownEventType'] });
  expect(startingBranch(wushen, 'constructor')).toEqual({ branch: 'triage', marks: ['unknownEventType'] });
});

test('a person chooses among the branches that the plan has, and nobody chooses the aftermath', () => {
  expect(choosableBranches(wushen)).toEqual([
    'abscondingSearch',
    'riskSigns',
    'violentAct',
    'disasterImpact',
  ]);
  const { violentAct: _, ...branches } = wushen.branches;
  const without = { ...wushen, branches };
  expect(choosableBranches(without)).not.toContain('violentAct');
  expect(() => planPart(without, 'violentAct')).toThrow('plan wushen has no branch violentAct');
});

test('an incident goes on in the aftermath where the plan has one', () => {
  expect(hasAftermath(wushen)).toBe(true);
  expect(hasAftermath(demonstration)).toBe(false);
});
