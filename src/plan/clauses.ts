import type { Plan } from './load.ts';
import type { ChainStep, PlanStage } from './part.ts';

/** A duty of the plan as it stands beside its clause. Limits are ISO 8601; null: 未载明. */
export interface ClauseDuty {
  /** Where the file has it, e.g. `branches.violentAct.stages.policeCall`. */
  path: string;
  /** The branch's key and name; null in the first response and what all branches share. */
  branch: string | null;
  branchName: string | null;
  stage: string;
  name: string;
  source: PlanStage['source'];
  /** The plan's own word for how soon. */
  planText: string | null;
  owner: string;
  ownerName: string;
  /** The bureau's own limit. */
  within: string | null;
  /** A statute's day clock: how long after it opens it begins. */
  startsAfter: string | null;
  tells: {
    party: string;
    partyName: string;
    outside: boolean;
    duty: string;
    receiptWithin: string | null;
    chain: {
      party: string;
      partyName: string;
      contact: number;
      wait: string | null;
      repeatEvery: string | null;
    }[];
  }[];
  outcomes: { key: string; name: string; evidence: string; continues: boolean; leadsTo: string | null }[];
  documents: { key: string; name: string }[];
}

/** One clause with everything the plan's data has for it. */
export interface Clause {
  /** E.g. `四（一）`; a statute's article for what a statute alone asks. */
  clause: string;
  duties: ClauseDuty[];
  eventTypes: { key: string; name: string; branch: string | null }[];
  documents: { key: string; name: string; form: string; signedBy: string }[];
  requirements: { key: string; requirement: string }[];
  /** What is odd in the plan's own text. */
  quirks: string[];
}

/** A plan clause by clause, in the order of its numbers; what carries no number of the plan comes last. */
export function clausesOf(plan: Plan): Clause[] {
  const clauses = new Map<string, Clause>();
  const at = (clause: string): Clause => {
    const known = clauses.get(clause) ?? {
      clause,
      duties: [],
      eventTypes: [],
      documents: [],
      requirements: [],
      quirks: [],
    };
    clauses.set(clause, known);
    return known;
  };
  for (const duty of dutiesOf(plan)) at(duty.clause).duties.push(duty.duty);
  for (const [key, { clause, name, branch }] of Object.entries(plan.eventTypes))
    at(clause).eventTypes.push({ key, name, branch });
  for (const [key, { clause, name, form, signedBy }] of Object.entries(plan.documents))
    at(clause).documents.push({ key, name, form, signedBy: nameOf(plan, signedBy) });
  for (const [key, { clause, requirement }] of Object.entries(plan.workRequirements))
    at(clause).requirements.push({ key, requirement });
  if (plan.drills) at(plan.drills.clause).requirements.push({ key: 'drills', requirement: plan.drills.duty });
  for (const { clause, note } of plan.quirks) at(clause).quirks.push(note);
  return [...clauses.values()].toSorted((a, b) => compareNumbers(numberOf(a.clause), numberOf(b.clause)));
}

function dutiesOf(plan: Plan): { clause: string; duty: ClauseDuty }[] {
  const sections = [
    { path: 'firstResponse', branch: null, stages: plan.firstResponse },
    ...Object.values(plan.branches).map((branch) => ({
      path: `branches.${branch.key}.stages`,
      branch,
      stages: branch.stages,
    })),
    { path: 'shared', branch: null, stages: plan.shared },
  ];
  return sections.flatMap(({ path, branch, stages }) =>
    Object.entries(stages).map(([key, stage]) => ({
      clause: stage.clause,
      duty: {
        path: `${path}.${key}`,
        branch: branch?.key ?? null,
        branchName: branch?.name ?? null,
        ...dutyOf(plan, key, stage),
      },
    })),
  );
}

function dutyOf(
  plan: Plan,
  key: string,
  stage: PlanStage,
): Omit<ClauseDuty, 'path' | 'branch' | 'branchName'> {
  const { name, source, planText, owner, within, startsAfter, tells, outcomes, documents } = stage;
  return {
    stage: key,
    name,
    source,
    planText: planText ?? null,
    owner,
    ownerName: nameOf(plan, owner),
    within: within?.iso ?? null,
    startsAfter: startsAfter?.iso ?? null,
    tells: tells.map(({ party, duty, receiptWithin, chain }) => ({
      party,
      partyName: nameOf(plan, party),
      outside: plan.parties[party]?.outside ?? false,
      duty,
      receiptWithin: receiptWithin?.iso ?? null,
      chain: (plan.chains[chain] ?? []).map((step) => stepOf(plan, step)),
    })),
    outcomes: Object.entries(outcomes).map(([outcome, { name, evidence, continues, leadsTo }]) => ({
      key: outcome,
      name,
      evidence,
      continues,
      leadsTo: leadsTo ?? null,
    })),
    documents: documents.map((document) => ({
      key: document,
      name: plan.documents[document]?.name ?? document,
    })),
  };
}

const stepOf = (plan: Plan, { party, contact, wait, repeatEvery }: ChainStep) => ({
  party,
  partyName: nameOf(plan, party),
  contact,
  wait: wait?.iso ?? null,
  repeatEvery: repeatEvery?.iso ?? null,
});

const nameOf = (plan: Plan, party: string): string => plan.parties[party]?.name ?? party;

const DIGITS = '一二三四五六七八九十';

/** `四（一）` as 4, 1; nothing where it begins with no number of the plan. */
const numberOf = (clause: string): number[] => {
  const [, first, second] = /^([一二三四五六七八九十])(?:（([一二三四五六七八九十])）)?/.exec(clause) ?? [];
  return [first, second].flatMap((digit) => (digit ? [DIGITS.indexOf(digit) + 1] : []));
};

function compareNumbers([a = Infinity, ...restA]: number[], [b = Infinity, ...restB]: number[]): number {
  if (a !== b) return a < b ? -1 : 1;
  return (restA[0] ?? 0) - (restB[0] ?? 0);
}
