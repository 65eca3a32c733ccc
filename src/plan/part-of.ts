import type { Plan } from './load.ts';
import { type BranchKey, CODED_BRANCHES, type PlanPart } from './part.ts';

/**
 * What of a plan travels with an incident: one coded branch with the shared stages, and what all branches need. Plain
 * data, a few kilobytes. Throws `RangeError` when the plan does not have the branch.
 */
export function planPart(plan: Plan, branchKey: BranchKey): PlanPart {
  if (!hasBranch(plan, branchKey)) throw new RangeError(`plan ${plan.pin.key} has no branch ${branchKey}`);
  const { name, clause, urgency, carries, stages } = plan.branches[branchKey]!;
  return {
    pin: plan.pin,
    title: plan.title,
    timeZone: plan.timeZone,
    remindEvery: plan.remindEvery,
    quietFor: plan.quietFor,
    receiptLinkValidFor: plan.receiptLinkValidFor,
    outside: plan.outside,
    approvers: plan.approvers,
    parties: Object.fromEntries(
      Object.entries(plan.parties).map(([key, party]) => [key, { name: party.name, outside: party.outside }]),
    ),
    chains: plan.chains,
    branch: { key: branchKey, name, clause, urgency, carries, stages: { ...stages, ...plan.shared } },
  };
}

/**
 * The branch that an event type starts in: the plan's, or `triage` when there is no type, the plan does not know it, it
 * leaves the choice to a person, or its branch is declared but not coded. `known` is false for a type the plan does not have.
 */
export function startingBranch(plan: Plan, eventType: string | null): { branch: BranchKey; known: boolean } {
  if (eventType === null) return { branch: 'triage', known: true };
  if (!Object.hasOwn(plan.eventTypes, eventType)) return { branch: 'triage', known: false };
  const branch = plan.eventTypes[eventType]!.branch;
  return { branch: branch !== null && hasBranch(plan, branch) ? branch : 'triage', known: true };
}

/** The branches a person may choose: those that the plan has and that are coded, triage apart. */
export const choosableBranches = (plan: Plan): BranchKey[] =>
  CODED_BRANCHES.filter((key) => key !== 'triage' && hasBranch(plan, key));

function hasBranch(plan: Plan, branch: string): branch is BranchKey {
  return Object.hasOwn(plan.branches, branch) && plan.branches[branch]!.coded;
}
