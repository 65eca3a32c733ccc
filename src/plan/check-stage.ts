import { ENDED_BY_THEIR_ACT } from './coded-stages.ts';
import { type Names, refer } from './names.ts';
import { entriesOf, fieldOf, itemsOf, repeated } from './raw.ts';
import type { Path, Report } from './yaml-file.ts';

/** Outcomes that the system itself writes into the record when a stage is left open behind, or never began. */
const RESERVED_OUTCOMES = ['superseded', 'closed', 'lapsed'];

/** One stage by itself: whom it names, whom it tells, what its outcomes say. */
export function checkStage(stage: unknown, path: Path, names: Names, report: Report): void {
  const owner = fieldOf(stage, 'owner');
  refer(owner, names.parties, 'party', [...path, 'owner'], report);
  refer(fieldOf(stage, 'overdueChain'), names.chains, 'chain', [...path, 'overdueChain'], report);
  for (const [i, document] of itemsOf(fieldOf(stage, 'documents')).entries()) {
    checkDocument(document, [...path, 'documents', i], names, report);
  }
  if (names.outside.has(owner as string)) noLimit(stage, 'within', path, report);
  checkTold(stage, owner, path, names, report);
  checkOutcomes(stage, path, names, report);
}

function checkDocument(document: unknown, path: Path, names: Names, report: Report): void {
  if (names.documents.length > 0) return refer(document, names.documents, 'document', path, report);
  report(path, 'the plan declares no documents', 'a section documents with this key');
}

function noLimit(holder: unknown, field: string, path: Path, report: Report): void {
  if (fieldOf(holder, field) === undefined) return;
  const expected = `no ${field}: a bureau has no limits for outsiders`;
  report([...path, field], 'sets a limit for an outside party', expected, 'key');
}

function checkTold(stage: unknown, owner: unknown, path: Path, names: Names, report: Report): void {
  const tells = itemsOf(fieldOf(stage, 'tells'));
  const told = tells.map((line) => fieldOf(line, 'party'));
  const chain = fieldOf(stage, 'overdueChain');
  if (chain === undefined && names.parties.includes(owner as string) && !told.includes(owner)) {
    report(
      [...path, 'overdueChain'],
      'the stage does not tell its owner, so no chain is known for it',
      'a line of tells for the owner, or overdueChain',
    );
  }
  for (const { index } of repeated(told)) {
    report([...path, 'tells', index, 'party'], 'this party is told by the stage already', 'each party once');
  }
  for (const [i, line] of tells.entries()) checkLine(line, [...path, 'tells', i], names, report);
}

function checkLine(line: unknown, path: Path, names: Names, report: Report): void {
  const party = fieldOf(line, 'party');
  refer(party, names.parties, 'party', [...path, 'party'], report);
  refer(fieldOf(line, 'chain'), names.chains, 'chain', [...path, 'chain'], report);
  if (names.outside.has(party as string)) return noLimit(line, 'receiptWithin', path, report);
  if (!names.parties.includes(party as string) || fieldOf(line, 'receiptWithin') !== undefined) return;
  report(
    [...path, 'receiptWithin'],
    'is missing',
    'how long until the next in line is told when nobody confirms',
  );
}

function checkOutcomes(stage: unknown, path: Path, names: Names, report: Report): void {
  const outcomes = entriesOf(fieldOf(stage, 'outcomes'));
  const outside = names.outside.has(fieldOf(stage, 'owner') as string);
  for (const [key, outcome] of outcomes) {
    const at = [...path, 'outcomes', key];
    if (RESERVED_OUTCOMES.includes(key)) {
      report(at, "this outcome is the system's own", 'another key', 'key');
    }
    if (outside) noLimit(outcome, 'within', at, report);
    checkContinuing(outcome, at, report);
    checkFollows(String(path.at(-1)), outcome, at, report);
    checkLeads(outcome, at, names, report);
  }
  if (outcomes.length > 0 && outcomes.every(([, outcome]) => continues(outcome))) {
    report([...path, 'outcomes'], 'nothing ends this stage', 'an outcome without continues', 'key');
  }
}

const continues = (outcome: unknown): boolean => fieldOf(outcome, 'continues') === true;

function checkContinuing(outcome: unknown, path: Path, report: Report): void {
  if (continues(outcome) || fieldOf(outcome, 'within') === undefined) return;
  report([...path, 'within'], 'nothing is due after an outcome that ends the stage', 'no within', 'key');
}

/** Only an outcome that is recorded and ends its stage has anything follow. */
function checkFollows(stage: string, outcome: unknown, path: Path, report: Report): void {
  const byAct = ENDED_BY_THEIR_ACT.includes(stage);
  if (!byAct && !continues(outcome)) return;
  const problem = byAct ? 'this stage is ended by an act of its own' : 'the stage goes on after this outcome';
  for (const field of ['opens', 'leadsTo']) {
    if (fieldOf(outcome, field) !== undefined) report([...path, field], problem, `no ${field}`, 'key');
  }
}

function checkLeads(outcome: unknown, path: Path, names: Names, report: Report): void {
  const leadsTo = fieldOf(outcome, 'leadsTo');
  refer(leadsTo, names.branches, 'branch', [...path, 'leadsTo'], report);
  if (leadsTo === 'aftermath') {
    report([...path, 'leadsTo'], 'ends the response', 'another branch: two people end the response');
  }
}
