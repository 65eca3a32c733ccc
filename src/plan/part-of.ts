import type { Plan } from './load.ts';
import type { PlanPart, PlanStage } from './part.ts';

/**
 * What of a plan travels with an incident: one branch with the stages of the first response and the shared ones, and what
 * all branches need. Plain data, some kilobytes. Throws `RangeError` when the plan does not have the branch.
 */
export function planPart(plan: Plan, branchKey: string): PlanPart {
  if (!hasBranch(plan, branchKey)) throw new RangeError(`plan ${plan.pin.key} has no branch ${branchKey}`);
  const branch = plan.branches[branchKey]!;
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
    incidentStages: Object.keys(plan.firstResponse),
    branch: {
      ...branch,
      // A stage that is carried over keeps the rules of the branch it was opened in.
      stages: {
        ...carriedStages(plan, branch.carries),
        ...branch.stages,
        ...plan.firstResponse,
        ...plan.shared,
      },
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
 * The branch that an event type starts in: the plan's, or `triage`, marked with why: `unknownEventType`, or
 * `noBranchOfItsOwn` (the plan leaves the choice to a person). No type at all is no mark: it is missing.
 */
export function startingBranch(plan: Plan, eventType: string | null): { branch: string; marks: string[] } {
  const triage = (...marks: string[]) => ({ branch: 'triage', marks });
  if (eventType === null) return triage();
  // What somebody typed may be the name of a property that every object has.
  if (!Object.hasOwn(plan.eventTypes, eventType)) return triage('unknownEventType');
  const { branch } = plan.eventTypes[eventType]!;
  return branch === null ? triage('noBranchOfItsOwn') : { branch, marks: [] };
}

/** The branch a plan has for what follows the response, where it has one. */
export const AFTERMATH = 'aftermath';

/** The branches a person may choose: all that the plan has, but for waiting (`triage`) and for what follows the response. */
export const choosableBranches = (plan: Plan): string[] =>
  Object.keys(plan.branches).filter((key) => key !== 'triage' && key !== AFTERMATH);

/** Whether an incident goes on in the aftermath once its response has ended. */
export const hasAftermath = (plan: Plan): boolean => hasBranch(plan, AFTERMATH);

const hasBranch = (plan: Plan, branch: string): boolean => Object.hasOwn(plan.branches, branch);
