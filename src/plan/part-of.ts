import type { Plan } from './load.ts';
import { type BranchKey, CODED_BRANCHES, type PlanPart, type PlanStage } from './part.ts';

/**
 * What of a plan travels with an incident: one coded branch with the shared stages, and what all branches need. Plain
 * data, a few kilobytes. Throws `RangeError` when the plan does not have the branch.
 */
export function planPart(plan: Plan, branchKey: BranchKey): PlanPart {
  if (!hasBranch(plan, branchKey)) throw new RangeError(`plan ${plan.pin.key} has no branch ${branchKey}`);
  const { name, clause, urgency, carries, stages } = plan.branches[branchKey]!;
  return {
    pin: plan.pin,
    remindEvery: plan.remindEvery,
    quietFor: plan.quietFor,
    receiptLinkValidFor: plan.receiptLinkValidFor,
    outside: plan.outside,
    parties: Object.fromEntries(
      Object.entries(plan.parties).map(([key, party]) => [key, { name: party.name, outside: party.outside }]),
    ),
    chains: plan.chains,
    branch: {
      key: branchKey,
      name,
      clause,
      urgency,
      carries,
      // A stage that is carried over keeps the rules of the branch it was opened in.
      stages: { ...carriedStages(plan, carries), ...stages, ...plan.shared },
    },
  };
}

const carriedStages = (plan: Plan, carries: string[]): Record<string, PlanStage> => {
  const everywhere = Object.assign({}, ...Object.values(plan.branches).map(({ stages }) => stages)) as Record<
    string,
    PlanStage
  >;
  return Object.fromEntries(carries.flatMap((key) => (everywhere[key] ? [[key, everywhere[key]]] : [])));
};

/**
 * The branch that an event type starts in: the plan's, or `triage`, marked with why: `unknownEventType`, `noBranchOfItsOwn`
 * (the plan leaves the choice to a person), `branchNotAvailable` (declared, not coded). No type at all is no mark: it is missing.
 */
export function startingBranch(plan: Plan, eventType: string | null): { branch: BranchKey; marks: string[] } {
  const triage = (...marks: string[]) => ({ branch: 'triage' as const, marks });
  if (eventType === null) return triage();
  // What somebody typed may be the name of a property that every object has.
  if (!Object.hasOwn(plan.eventTypes, eventType)) return triage('unknownEventType');
  const { branch } = plan.eventTypes[eventType]!;
  if (branch === null) return triage('noBranchOfItsOwn');
  return hasBranch(plan, branch) ? { branch, marks: [] } : triage('branchNotAvailable');
}

/** The branches a person may choose: those that the plan has and that are coded, triage apart. */
export const choosableBranches = (plan: Plan): BranchKey[] =>
  CODED_BRANCHES.filter((key) => key !== 'triage' && hasBranch(plan, key));

function hasBranch(plan: Plan, branch: string): branch is BranchKey {
  return Object.hasOwn(plan.branches, branch) && plan.branches[branch]!.coded;
}
