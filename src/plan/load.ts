import { createHash } from 'node:crypto';
import type { PlanPin } from '../incident/entry.ts';
import { checkPlan } from './checks.ts';
import {
  type BranchWorkflow,
  type ChainStep,
  CODED_BRANCHES,
  type Limit,
  type PlanBranch,
  type PlanOutcome,
  type PlanParty,
  type PlanStage,
} from './part.ts';
import {
  type AccountabilitySetting,
  type DrillDuty,
  type OverlayDuty,
  type PlanDocument,
  planFile,
  type PlanFile,
  type Quirk,
  type ResponseLevel,
  type WorkRequirement,
} from './schema.ts';
import { FileError, type FileProblem, readYaml, type YamlSource } from './yaml-file.ts';

export interface PlanEventType {
  name: string;
  clause: string;
  /** Null: a person chooses. */
  branch: string | null;
}

/** A party with what the plan's text calls it; `interpretation` says that these names are one body. */
export type DeclaredParty = PlanParty & PlanFile['parties'][string];

/** A checked edition of a plan. `branches` hold their own stages only; `firstResponse` and `shared` come with every branch. */
export interface Plan {
  pin: PlanPin;
  /** The file as it was read: the register keeps it with the edition. */
  text: string;
  title: string;
  issuer: string;
  documentNumber: string;
  /** Dates (2025-01-17), where the plan gives them. */
  issued: string | null;
  inForceFrom: string | null;
  timeZone: string;
  remindEvery: Limit;
  quietFor: Limit;
  receiptLinkValidFor: Limit;
  outside: { reminders: number; remindEvery: Limit };
  /** The party at which every chain ends. */
  top: string;
  approvers: string[];
  parties: Record<string, DeclaredParty>;
  chains: Record<string, ChainStep[]>;
  eventTypes: Record<string, PlanEventType>;
  /** Stages of the incident, in whatever branch (先期处置). */
  firstResponse: Record<string, PlanStage>;
  branches: Record<string, PlanBranch>;
  shared: Record<string, PlanStage>;
  documents: Record<string, PlanDocument>;
  /** The highest first; empty where the plan sets none. */
  responseLevels: Record<string, ResponseLevel>;
  workRequirements: Record<string, WorkRequirement>;
  drills: DrillDuty | null;
  /** 五（四）: the bureau's own setting; null where it has none. */
  accountability: AccountabilitySetting | null;
  /** What the law adds to the plan. */
  overlay: Record<string, OverlayDuty>;
  /** What is odd in the plan's own text. */
  quirks: Quirk[];
}

/** A plan file with mistakes: all of them, each with line and column. `code` is `PLAN_INVALID`. */
export class PlanError extends FileError {
  override name = 'PlanError';
  constructor(file: string, problems: FileProblem[]) {
    super('PLAN_INVALID', file, problems);
  }
}

/**
 * Loads and checks a plan from a path, or from a text with a name for messages. Its pin's hash is the hex SHA-256 of the
 * file's bytes. Throws {@link PlanError}.
 */
export function loadPlan(source: YamlSource): Plan {
  const { value, text } = readPlanFile(source);
  const hash = createHash('sha256').update(text, 'utf8').digest('hex');
  return compile(value, text, hash);
}

/** A plan's file as it is written, checked, and its text. Throws {@link PlanError}. */
export const readPlanFile = (source: YamlSource): { value: PlanFile; text: string } =>
  readYaml(source, { schema: planFile, check: checkPlan, error: PlanError });

/** Loads an edition again from the text that the register kept: the same hash, the same plan. Throws {@link PlanError}. */
export const readPlanText = (text: string): Plan => loadPlan({ name: 'plan', text });

type Stages = PlanFile['shared'];

function compile(file: PlanFile, text: string, hash: string): Plan {
  const {
    key,
    edition,
    overdueWait,
    chains,
    firstResponse,
    branches,
    shared,
    drills,
    accountability,
    ...rest
  } = file;
  const stages = (all: Stages) => mapped(all, (stage) => compileStage(stage, overdueWait));
  return {
    ...rest,
    pin: { key, edition, hash },
    text,
    chains: mapped(chains, (steps) =>
      steps.map((step) => ({ ...step, wait: step.wait ?? null, repeatEvery: step.repeatEvery ?? null })),
    ),
    firstResponse: stages(firstResponse),
    branches: mapped(branches, (branch, branchKey) => ({
      ...branch,
      key: branchKey,
      workflow: workflowOf(branchKey),
      sequence: workflowOf(branchKey) === 'stagedResponse' ? sequenceOf(branch) : [],
      stages: stages(branch.stages),
    })),
    shared: stages(shared),
    drills: drills ?? null,
    accountability: accountability ?? null,
  };
}

const workflowOf = (branch: string): BranchWorkflow =>
  CODED_BRANCHES.find((coded) => coded === branch) ?? 'stagedResponse';

/** Without a `sequence` all stages open together, except those that an outcome opens. */
function sequenceOf({ sequence, stages }: PlanFile['branches'][string]): string[][] {
  const opened = Object.values(stages).flatMap(({ outcomes }) =>
    Object.values(outcomes).flatMap(({ opens }) => opens),
  );
  return sequence ?? [Object.keys(stages).filter((stage) => !opened.includes(stage))];
}

function compileStage(stage: Stages[string], overdueWait: Limit): PlanStage {
  const ownLine = stage.tells.find((line) => line.party === stage.owner);
  return {
    ...stage,
    planText: stage.planText ?? null,
    within: stage.within ?? null,
    tells: stage.tells.map((line) => ({ ...line, receiptWithin: line.receiptWithin ?? null })),
    // The checks saw to it that one of the two is there.
    overdueChain: stage.overdueChain ?? ownLine!.chain,
    overdueWait: stage.overdueWait ?? overdueWait,
    startsAfter: stage.startsAfter ?? null,
    outcomes: mapped(stage.outcomes, compileOutcome),
  };
}

const compileOutcome = (outcome: Stages[string]['outcomes'][string]): PlanOutcome => ({
  ...outcome,
  within: outcome.within ?? null,
  leadsTo: outcome.leadsTo ?? null,
});

const mapped = <A, B>(map: Record<string, A>, f: (value: A, key: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, f(value, key)]));
