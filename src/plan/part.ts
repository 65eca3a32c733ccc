import type { PlanPin } from '../incident/entry.ts';

/** The branches that are code. A type is also the workflow type seen in Temporal. */
export const CODED_BRANCHES = ['triage', 'riskSigns', 'violentAct'] as const;
export type BranchKey = (typeof CODED_BRANCHES)[number];

/** A limit as the bureau wrote it (ISO 8601) and in milliseconds, calendar time: a day is 24 hours. */
export interface Limit {
  iso: string;
  ms: number;
}

export interface PlanParty {
  name: string;
  /** Police, procuratorate: no account here, no limits, at most two reminders (rules of care, 6). */
  outside: boolean;
}

/** One step up: who is next, and how long to wait for them. The last step of a chain repeats instead. */
export interface ChainStep {
  party: string;
  /** Which of the party's contacts, from 1 (1 = the person on duty). */
  contact: number;
  /** How long until the next step; null on the last. */
  wait: Limit | null;
  /** How often the last step is told again; null on the others. */
  repeatEvery: Limit | null;
}

/** One party that a stage tells when it opens. */
export interface StageTells {
  party: string;
  /** What this party has to do, in our own words. */
  duty: string;
  /** How long until the next in line is told when nobody confirms; null for outside parties. */
  receiptWithin: Limit | null;
  /** Name of the chain that is climbed without a receipt. */
  chain: string;
}

export interface PlanStage {
  name: string;
  clause: string;
  /** Whose rule it is: the plan's, a statute's, or the bureau's own practice. */
  source: 'plan' | 'statutory' | 'local';
  /** The plan's own word for how soon (立即, 及时 …); null when it has none. */
  planText: string | null;
  owner: string;
  /** The bureau's own limit; null: 未载明, never overdue, its notice repeats every `remindEvery`. */
  within: Limit | null;
  tells: StageTells[];
  /** Name of the chain that is climbed once overdue: the owner is asked first, then the chain. */
  overdueChain: string;
  /** How long the owner, asked at the limit, is waited for before the chain is climbed. */
  overdueWait: Limit;
  /** What may end the stage. */
  outcomes: Record<string, { name: string; evidence: string }>;
}

export interface PlanBranch {
  key: BranchKey;
  name: string;
  clause: string;
  urgency: string;
  /** Stages of the branch left behind that stay open here, by stage key. */
  carries: string[];
  /** The branch's own stages and those all branches share (`proposeClosing`, `approveClosing`). */
  stages: Record<string, PlanStage>;
}

/** What travels with an incident: one branch of the plan, and what all branches need. */
export interface PlanPart {
  pin: PlanPin;
  /** How often a duty without a limit is told again. */
  remindEvery: Limit;
  /** How long somebody who says 仍在处置 is not reminded (half an hour in the sample plans). */
  quietFor: Limit;
  receiptLinkValidFor: Limit;
  /** Reminders of an outside party before our own duty leader is asked to phone. */
  outside: { reminders: number; remindEvery: Limit };
  parties: Record<string, PlanParty>;
  chains: Record<string, ChainStep[]>;
  branch: PlanBranch;
}
