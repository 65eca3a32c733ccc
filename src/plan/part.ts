import type { PlanPin } from '../incident/entry.ts';

/** The branches that are code. A type is also the workflow type seen in Temporal. */
export const CODED_BRANCHES = [
  'triage',
  'abscondingSearch',
  'riskSigns',
  'violentAct',
  'disasterImpact',
  'aftermath',
] as const;

/** What carries a branch out: code of its own or, for a plan's own extra branches, `stagedResponse` walking their stages. */
export type BranchWorkflow = (typeof CODED_BRANCHES)[number] | 'stagedResponse';

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
  /**
   * How long after it opens the stage begins: nobody is told and no clock runs before (day clocks of a statute, which are
   * reminders to a person). Null: at once.
   */
  startsAfter: Limit | null;
  /** Documents the duty asks for, by key of the plan's `documents`. */
  documents: string[];
  /** What may be recorded of the stage. */
  outcomes: Record<string, PlanOutcome>;
}

export interface PlanOutcome {
  name: string;
  /** What has to be put down with it. */
  evidence: string;
  /** The stage stays open and its limit begins anew: still searching, a monitoring entry, a follow-up. */
  continues: boolean;
  /** Until the next outcome is due where that differs from the stage's `within`; only where it continues. */
  within: Limit | null;
  /** Further stages of the branch that this outcome opens: notices a statute asks for, which a bureau may leave out. */
  opens: string[];
  /** The branch that carries on from here: found dead goes to 四（三）. Null: this one. */
  leadsTo: string | null;
}

export interface PlanBranch {
  key: string;
  /** Also the workflow type seen in Temporal. */
  workflow: BranchWorkflow;
  name: string;
  clause: string;
  urgency: string;
  /** Stages of the branch left behind that stay open here, by stage key. */
  carries: string[];
  /** For `stagedResponse`: stages opened together, group after group, each when those before have ended. Else empty. */
  sequence: string[][];
  /** The branch's own stages, those of the first response, and those all branches share (`proposeClosing`, `approveClosing`). */
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
  /** Stages that belong to the incident and not to one branch (先期处置): a switch leaves them as they are. */
  incidentStages: string[];
  branch: PlanBranch;
}
