import { suggestion } from './nearest.ts';
import { CODED_BRANCHES } from './part.ts';
import { entriesOf, fieldOf, itemsOf, repeated } from './raw.ts';
import { REQUIRED_STAGES, type RequiredStage } from './required-stages.ts';
import type { Path, Report } from './yaml-file.ts';

/** Outcomes that the system itself writes into the record when a stage is left open behind. */
const RESERVED_OUTCOMES = ['superseded', 'closed'];

/** What of a file the checks refer to again and again. */
interface Names {
  parties: string[];
  outside: Set<string>;
  chains: string[];
  branches: string[];
  shared: string[];
}

/** Finds what a schema cannot see: names that lead nowhere, chains without end, limits for outsiders, missing stages. */
export function checkPlan(raw: unknown, report: Report): void {
  const parties = entriesOf(fieldOf(raw, 'parties'));
  const names: Names = {
    parties: parties.map(([key]) => key),
    outside: new Set(parties.filter(([, p]) => fieldOf(p, 'outside') === true).map(([key]) => key)),
    chains: keysOf(raw, 'chains'),
    branches: keysOf(raw, 'branches'),
    shared: keysOf(raw, 'shared'),
  };
  checkPartyNames(parties, report);
  checkLeaders(raw, names, report);
  for (const [key, steps] of entriesOf(fieldOf(raw, 'chains'))) {
    checkChain(itemsOf(steps), fieldOf(raw, 'top'), ['chains', key], names, report);
  }
  for (const [key, type] of entriesOf(fieldOf(raw, 'eventTypes'))) {
    refer(fieldOf(type, 'branch'), names.branches, 'branch', ['eventTypes', key, 'branch'], report);
  }
  for (const [key, branch] of entriesOf(fieldOf(raw, 'branches'))) {
    checkBranch(branch, stagesElsewhere(raw, key), ['branches', key], names, report);
  }
  checkStages(fieldOf(raw, 'shared'), ['shared'], names, report);
  checkRequired(raw, report);
}

const keysOf = (raw: unknown, name: string): string[] => entriesOf(fieldOf(raw, name)).map(([key]) => key);

/** A name has to lead to something that is declared. What is no text is the schema's affair. */
function refer(name: unknown, known: string[], what: string, path: Path, report: Report): void {
  // Where nothing is declared at all, the schema says so once, instead of every reference to it.
  if (typeof name !== 'string' || known.length === 0 || known.includes(name)) return;
  report(path, `there is no ${what} "${name.slice(0, 40)}"`, suggestion(name, known));
}

/** One name for two bodies would leave open who is meant. */
function checkPartyNames(parties: [string, unknown][], report: Report): void {
  const places = parties.flatMap(([key, party]) => [
    { name: fieldOf(party, 'name'), path: ['parties', key, 'name'] as Path },
    ...itemsOf(fieldOf(party, 'aliases')).map((name, i) => ({ name, path: ['parties', key, 'aliases', i] })),
  ]);
  for (const { index } of repeated(places.map((place) => place.name))) {
    report(places[index]!.path, 'this name stands for a party already', 'every name and alias once');
  }
}

function checkLeaders(raw: unknown, names: Names, report: Report): void {
  const approvers = itemsOf(fieldOf(raw, 'approvers')).map((party, i) => ({
    party,
    path: ['approvers', i] as Path,
  }));
  for (const { party, path } of [{ party: fieldOf(raw, 'top'), path: ['top'] as Path }, ...approvers]) {
    refer(party, names.parties, 'party', path, report);
    if (names.outside.has(party as string)) report(path, 'is an outside party', 'a party of our own');
  }
}

/** A chain waits at every step, and at its last, the top, it repeats: so it never falls silent and never goes past the top. */
function checkChain(steps: unknown[], top: unknown, path: Path, names: Names, report: Report): void {
  for (const [i, step] of steps.entries()) {
    const at = [...path, i];
    const party = fieldOf(step, 'party');
    const last = i === steps.length - 1;
    refer(party, names.parties, 'party', [...at, 'party'], report);
    if (names.outside.has(party as string)) {
      report(
        [...at, 'party'],
        'climbs to an outside party',
        'a party of our own: chains end inside the bureau',
      );
    }
    const [needed, refused] = last ? ['repeatEvery', 'wait'] : ['wait', 'repeatEvery'];
    if (fieldOf(step, needed!) === undefined) {
      report(
        [...at, needed!],
        last ? 'the chain has no end: its last step does not repeat' : 'is missing',
        `${needed} on this step`,
      );
    }
    if (fieldOf(step, refused!) !== undefined) {
      report(
        [...at, refused!],
        `${last ? 'the last step' : 'a step before the last'} has no ${refused}`,
        `${needed} instead`,
        'key',
      );
    }
    if (last && typeof party === 'string' && typeof top === 'string' && party !== top) {
      report([...at, 'party'], 'the chain does not end at the top', `"${top}" as its last step`);
    }
  }
}

function stagesElsewhere(raw: unknown, branch: string): string[] {
  const others = entriesOf(fieldOf(raw, 'branches')).filter(([key]) => key !== branch);
  return others.flatMap(([, other]) => entriesOf(fieldOf(other, 'stages')).map(([key]) => key));
}

function checkBranch(branch: unknown, elsewhere: string[], path: Path, names: Names, report: Report): void {
  const stages = fieldOf(branch, 'stages');
  const carriable = [...new Set([...elsewhere, ...names.shared])];
  for (const [i, stage] of itemsOf(fieldOf(branch, 'carries')).entries()) {
    refer(stage, carriable, 'stage of another branch', [...path, 'carries', i], report);
  }
  for (const [key] of entriesOf(stages)) {
    if (names.shared.includes(key)) {
      report([...path, 'stages', key], 'this stage is one of the shared stages', 'another key', 'key');
    }
  }
  checkStages(stages, [...path, 'stages'], names, report);
}

function checkStages(stages: unknown, path: Path, names: Names, report: Report): void {
  for (const [key, stage] of entriesOf(stages)) checkStage(stage, [...path, key], names, report);
}

function checkStage(stage: unknown, path: Path, names: Names, report: Report): void {
  const owner = fieldOf(stage, 'owner');
  const tells = itemsOf(fieldOf(stage, 'tells'));
  const told = tells.map((line) => fieldOf(line, 'party'));
  const overdueChain = fieldOf(stage, 'overdueChain');
  refer(owner, names.parties, 'party', [...path, 'owner'], report);
  refer(overdueChain, names.chains, 'chain', [...path, 'overdueChain'], report);
  if (names.outside.has(owner as string) && fieldOf(stage, 'within') !== undefined) {
    report(
      [...path, 'within'],
      'sets a limit for an outside party',
      'no within: a bureau has no limits for outsiders',
      'key',
    );
  }
  if (overdueChain === undefined && names.parties.includes(owner as string) && !told.includes(owner)) {
    report(
      [...path, 'overdueChain'],
      'the stage does not tell its owner, so no chain is known for it',
      'a line of tells for the owner, or overdueChain',
    );
  }
  for (const { index } of repeated(told)) {
    report([...path, 'tells', index, 'party'], 'this party is told by the stage already', 'each party once');
  }
  for (const [i, line] of tells.entries()) checkTells(line, [...path, 'tells', i], names, report);
  for (const [outcome] of entriesOf(fieldOf(stage, 'outcomes'))) {
    if (!RESERVED_OUTCOMES.includes(outcome)) continue;
    report([...path, 'outcomes', outcome], "this outcome is the system's own", 'another key', 'key');
  }
}

function checkTells(line: unknown, path: Path, names: Names, report: Report): void {
  const party = fieldOf(line, 'party');
  const receipt = fieldOf(line, 'receiptWithin');
  refer(party, names.parties, 'party', [...path, 'party'], report);
  refer(fieldOf(line, 'chain'), names.chains, 'chain', [...path, 'chain'], report);
  if (names.outside.has(party as string) && receipt !== undefined) {
    report(
      [...path, 'receiptWithin'],
      'sets a limit for an outside party',
      'no receiptWithin: a bureau has no limits for outsiders',
      'key',
    );
  }
  if (
    names.parties.includes(party as string) &&
    !names.outside.has(party as string) &&
    receipt === undefined
  ) {
    report(
      [...path, 'receiptWithin'],
      'is missing',
      'how long until the next in line is told when nobody confirms',
    );
  }
}

/** Triage has to be there, since whatever fits no branch starts in it; other coded branches only when the plan has them. */
function checkRequired(raw: unknown, report: Report): void {
  for (const key of CODED_BRANCHES) {
    const branch = fieldOf(fieldOf(raw, 'branches'), key);
    const path = ['branches', key];
    if (branch !== undefined) {
      for (const stage of REQUIRED_STAGES[key])
        checkOne(stage, fieldOf(branch, 'stages'), [...path, 'stages'], key, report);
    } else if (key === 'triage') {
      report(path, 'is missing', 'the branch in which an incident waits until a person chooses one');
    }
  }
  for (const stage of REQUIRED_STAGES.shared)
    checkOne(stage, fieldOf(raw, 'shared'), ['shared'], 'shared', report);
}

function checkOne(needed: RequiredStage, stages: unknown, path: Path, where: string, report: Report): void {
  const { stage, clause, name } = needed;
  if (stages === undefined) return; // that they are missing altogether is said already
  const found = fieldOf(stages, stage);
  if (found === undefined) {
    report(
      [...path, stage],
      `${where} lacks the stage ${stage}`,
      `${clause}${name}: the code of this branch opens it`,
    );
    return;
  }
  const outcomes = fieldOf(found, 'outcomes');
  for (const outcome of outcomes === undefined ? [] : needed.outcomes) {
    if (fieldOf(outcomes, outcome) !== undefined) continue;
    report(
      [...path, stage, 'outcomes', outcome],
      `${stage} lacks the outcome ${outcome}`,
      `${clause}${name}: the code records it`,
    );
  }
}
