import { checkChain } from './check-chain.ts';
import { checkCoded } from './check-coded.ts';
import { checkBranch, checkCommon } from './check-section.ts';
import { keysOf, type Names, namesOf, refer } from './names.ts';
import { entriesOf, fieldOf, itemsOf, repeated } from './raw.ts';
import type { Path, Report } from './yaml-file.ts';

/** Finds what a schema cannot see: names that lead nowhere, chains without end, limits for outsiders, missing stages. */
export function checkPlan(raw: unknown, report: Report): void {
  const names = namesOf(raw);
  checkPartyNames(entriesOf(fieldOf(raw, 'parties')), report);
  checkLeaders(raw, names, report);
  for (const [key, steps] of entriesOf(fieldOf(raw, 'chains'))) {
    checkChain(itemsOf(steps), fieldOf(raw, 'top'), ['chains', key], names, report);
  }
  for (const [key, type] of entriesOf(fieldOf(raw, 'eventTypes'))) {
    checkEventType(fieldOf(type, 'branch'), ['eventTypes', key, 'branch'], names, report);
  }
  checkCommon('firstResponse', fieldOf(raw, 'firstResponse'), names, report);
  for (const [key, branch] of entriesOf(fieldOf(raw, 'branches'))) {
    checkBranch(key, branch, stagesElsewhere(raw, key), names, report);
  }
  checkCommon('shared', fieldOf(raw, 'shared'), names, report);
  for (const [key, document] of entriesOf(fieldOf(raw, 'documents'))) {
    refer(fieldOf(document, 'signedBy'), names.parties, 'party', ['documents', key, 'signedBy'], report);
  }
  checkOverlay(raw, names, report);
  checkCoded(raw, report);
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
  const supervisor = fieldOf(fieldOf(raw, 'accountability'), 'supervisor');
  const leaders = [
    { party: fieldOf(raw, 'top'), path: ['top'] as Path },
    ...approvers,
    ...(supervisor === undefined
      ? []
      : [{ party: supervisor, path: ['accountability', 'supervisor'] as Path }]),
  ];
  for (const { party, path } of leaders) {
    refer(party, names.parties, 'party', path, report);
    if (names.outside.has(party as string)) report(path, 'is an outside party', 'a party of our own');
  }
}

function checkEventType(branch: unknown, path: Path, names: Names, report: Report): void {
  refer(branch, names.branches, 'branch', path, report);
  if (branch !== 'aftermath') return;
  report(path, 'is what follows a response', 'a branch that an incident can begin in, or null');
}

function checkOverlay(raw: unknown, names: Names, report: Report): void {
  const inBranches = keysOf(raw, 'branches').flatMap((key) => stagesOf(raw, key));
  const known = [...names.firstResponse, ...names.shared, ...inBranches];
  for (const [key, duty] of entriesOf(fieldOf(raw, 'overlay'))) {
    for (const [i, stage] of itemsOf(fieldOf(duty, 'stages')).entries()) {
      refer(stage, known, 'stage', ['overlay', key, 'stages', i], report);
    }
  }
}

const stagesOf = (raw: unknown, branch: string): string[] =>
  keysOf(fieldOf(fieldOf(raw, 'branches'), branch), 'stages');

const stagesElsewhere = (raw: unknown, branch: string): string[] =>
  keysOf(raw, 'branches').flatMap((other) => (other === branch ? [] : stagesOf(raw, other)));
