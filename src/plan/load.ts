import { createHash } from 'node:crypto';
import type { PlanPin } from '../incident/entry.ts';
import { checkPlan } from './checks.ts';
import {
  type ChainStep,
  CODED_BRANCHES,
  type Limit,
  type PlanBranch,
  type PlanParty,
  type PlanStage,
} from './part.ts';
import { planFile, type PlanFile } from './schema.ts';
import { FileError, type FileProblem, readYaml, type YamlSource } from './yaml-file.ts';

export interface PlanEventType {
  name: string;
  clause: string;
  /** Null: a person chooses. The branch may be one that is declared but not coded: see `startingBranch`. */
  branch: string | null;
}

/** A branch as the plan declares it. Only a coded one can run. */
export interface DeclaredBranch extends Omit<PlanBranch, 'key'> {
  key: string;
  coded: boolean;
}

/** A checked edition of a plan. `branches` hold their own stages only; `shared` are those that every branch has. */
export interface Plan {
  pin: PlanPin;
  /** The file as it was read: the register keeps it with the edition. */
  text: string;
  title: string;
  issuer: string;
  documentNumber: string;
  timeZone: string;
  remindEvery: Limit;
  quietFor: Limit;
  receiptLinkValidFor: Limit;
  outside: { reminders: number; remindEvery: Limit };
  /** The party at which every chain ends. */
  top: string;
  approvers: string[];
  parties: Record<string, PlanParty & { aliases: string[] }>;
  chains: Record<string, ChainStep[]>;
  eventTypes: Record<string, PlanEventType>;
  branches: Record<string, DeclaredBranch>;
  shared: Record<string, PlanStage>;
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
  const { value, text } = readYaml(source, { schema: planFile, check: checkPlan, error: PlanError });
  const hash = createHash('sha256').update(text, 'utf8').digest('hex');
  return compile(value, text, hash);
}

/** Loads an edition again from the text that the register kept: the same hash, the same plan. Throws {@link PlanError}. */
export const readPlanText = (text: string): Plan => loadPlan({ name: 'plan', text });

function compile(file: PlanFile, text: string, hash: string): Plan {
  const { key, edition, overdueWait, chains, branches, shared, ...rest } = file;
  const stages = (all: PlanFile['shared']) => mapped(all, (stage) => compileStage(stage, overdueWait));
  return {
    ...rest,
    pin: { key, edition, hash },
    text,
    chains: mapped(chains, (steps) =>
      steps.map((step) => ({ ...step, wait: step.wait ?? null, repeatEvery: step.repeatEvery ?? null })),
    ),
    branches: mapped(branches, (branch, branchKey) => ({
      ...branch,
      key: branchKey,
      coded: (CODED_BRANCHES as readonly string[]).includes(branchKey),
      stages: stages(branch.stages),
    })),
    shared: stages(shared),
  };
}

function compileStage(stage: PlanFile['shared'][string], overdueWait: Limit): PlanStage {
  const ownLine = stage.tells.find((line) => line.party === stage.owner);
  return {
    ...stage,
    planText: stage.planText ?? null,
    within: stage.within ?? null,
    tells: stage.tells.map((line) => ({ ...line, receiptWithin: line.receiptWithin ?? null })),
    // The checks saw to it that one of the two is there.
    overdueChain: stage.overdueChain ?? ownLine!.chain,
    overdueWait: stage.overdueWait ?? overdueWait,
  };
}

const mapped = <A, B>(map: Record<string, A>, f: (value: A, key: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, f(value, key)]));
