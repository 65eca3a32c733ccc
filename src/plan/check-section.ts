import { checkStage } from './check-stage.ts';
import { codedStages } from './coded-stages.ts';
import { type Names, refer } from './names.ts';
import { suggestion } from './nearest.ts';
import { entriesOf, fieldOf, itemsOf, repeated } from './raw.ts';
import type { Path, Report } from './yaml-file.ts';

/** Where stages stand: a branch, or one of the sections that come with every branch. */
interface Section {
  /** The branch's key, `firstResponse` or `shared`. */
  name: string;
  stages: unknown;
  path: Path;
  /** What opens of itself, without an outcome that asks for it. */
  opening: readonly string[];
}

/** The first response and the shared stages: our code opens all of them, or an outcome does. */
export function checkCommon(
  name: 'firstResponse' | 'shared',
  stages: unknown,
  names: Names,
  report: Report,
): void {
  const opening = codedStages(name).map(({ stage }) => stage);
  checkSection({ name, stages, path: [name], opening }, names, report);
}

/** A branch: what it carries on with, in what sequence its stages open, and the stages. */
export function checkBranch(
  key: string,
  branch: unknown,
  elsewhere: string[],
  names: Names,
  report: Report,
): void {
  const path = ['branches', key];
  const stages = fieldOf(branch, 'stages');
  checkCarried(branch, [...elsewhere, ...names.shared], path, report);
  checkSequence(key, branch, path, report);
  for (const [stage] of entriesOf(stages)) {
    if (![...names.firstResponse, ...names.shared].includes(stage)) continue;
    report([...path, 'stages', stage], 'every branch has a stage of this name', 'another key', 'key');
  }
  for (const [stage, value] of entriesOf(stages)) {
    checkLeadsAway(key, fieldOf(value, 'outcomes'), [...path, 'stages', stage, 'outcomes'], report);
  }
  checkSection(
    { name: key, stages, path: [...path, 'stages'], opening: openingOf(key, branch) },
    names,
    report,
  );
}

function checkCarried(branch: unknown, carriable: string[], path: Path, report: Report): void {
  for (const [i, stage] of itemsOf(fieldOf(branch, 'carries')).entries()) {
    refer(stage, carriable, 'stage of another branch', [...path, 'carries', i], report);
    if (carriable.filter((key) => key === stage).length > 1) {
      report([...path, 'carries', i], 'several branches have a stage of this name', 'one that stands once');
    }
  }
}

function checkLeadsAway(branch: string, outcomes: unknown, path: Path, report: Report): void {
  for (const [key, outcome] of entriesOf(outcomes)) {
    if (fieldOf(outcome, 'leadsTo') !== branch) continue;
    report([...path, key, 'leadsTo'], 'leads to the branch it is in', 'another branch, or no leadsTo');
  }
}

/** A sequence is for branches that no code of ours carries out; it names stages of the branch, each once. */
function checkSequence(key: string, branch: unknown, path: Path, report: Report): void {
  const sequence = fieldOf(branch, 'sequence');
  if (sequence === undefined) return;
  const at = [...path, 'sequence'];
  if (codedStages(key).length > 0) {
    report(at, `code carries ${key} out, in its own sequence`, 'no sequence', 'key');
    return;
  }
  const own = entriesOf(fieldOf(branch, 'stages')).map(([stage]) => stage);
  const places = itemsOf(sequence).flatMap((group, i) =>
    itemsOf(group).map((stage, j) => ({ stage, path: [...at, i, j] })),
  );
  for (const place of places) refer(place.stage, own, 'stage of this branch', place.path, report);
  for (const { index } of repeated(places.map(({ stage }) => stage))) {
    report(places[index]!.path, 'this stage stands in the sequence already', 'every stage once');
  }
}

/** Which stages of a branch open by themselves: those of its code, else of its sequence, else all that no outcome opens. */
function openingOf(key: string, branch: unknown): readonly string[] {
  const coded = codedStages(key);
  if (coded.length > 0) return coded.map(({ stage }) => stage);
  const sequence = fieldOf(branch, 'sequence');
  if (sequence !== undefined) return itemsOf(sequence).flatMap(itemsOf) as string[];
  const stages = fieldOf(branch, 'stages');
  const opened = new Set(entriesOf(stages).flatMap(([, stage]) => opensOf(stage).map(({ opens }) => opens)));
  return entriesOf(stages).flatMap(([stage]) => (opened.has(stage) ? [] : [stage]));
}

function checkSection(section: Section, names: Names, report: Report): void {
  const { stages, path } = section;
  for (const [key, stage] of entriesOf(stages)) {
    checkStage(stage, [...path, key], names, report);
    checkOpens(stage, key, section, names, report);
  }
  checkReached(section, report);
}

/** A stage that an outcome opens, with the outcome and its place below the stage. */
interface Opened {
  opens: unknown;
  outcome: unknown;
  path: Path;
}

const opensOf = (stage: unknown): Opened[] =>
  entriesOf(fieldOf(stage, 'outcomes')).flatMap(([key, outcome]) =>
    itemsOf(fieldOf(outcome, 'opens')).map((opens, i) => ({
      opens,
      outcome,
      path: ['outcomes', key, 'opens', i],
    })),
  );

function checkOpens(stage: unknown, key: string, section: Section, names: Names, report: Report): void {
  const own = entriesOf(section.stages).map(([name]) => name);
  for (const { opens, outcome, path: below } of opensOf(stage)) {
    const at = [...section.path, key, ...below];
    refer(opens, own, 'stage beside this one', at, report);
    if (!own.includes(opens as string)) continue;
    const leadsTo = fieldOf(outcome, 'leadsTo');
    if (leadsTo !== undefined) checkTaken(opens, leadsTo, at, names, report);
    else if (section.opening.includes(opens as string)) {
      report(at, 'this stage opens in its own time already', 'no opens for it');
    }
  }
}

/** What is opened on the way out of a branch has to go along, or it would be left behind in the same instant. */
function checkTaken(opens: unknown, leadsTo: unknown, path: Path, names: Names, report: Report): void {
  const carried = names.carries.get(leadsTo as string);
  if (!carried || carried.includes(opens)) return;
  report(path, `${String(leadsTo)} does not carry this stage`, `"${String(opens)}" among its carries`);
}

/** A stage that nothing opens would be a duty that nobody is ever told of. */
function checkReached({ name, stages, path, opening }: Section, report: Report): void {
  const declared = new Map(entriesOf(stages));
  const reached = new Set(opening.filter((stage) => declared.has(stage)));
  for (const stage of reached) {
    for (const { opens } of opensOf(declared.get(stage))) {
      if (declared.has(opens as string)) reached.add(opens as string);
    }
  }
  for (const stage of declared.keys()) {
    if (reached.has(stage)) continue;
    const missing = opening.filter((known) => !declared.has(known));
    const near = missing.length > 0 ? `, or ${suggestion(stage, missing)}` : '';
    report([...path, stage], `nothing in ${name} opens this stage`, `an outcome that opens it${near}`, 'key');
  }
}
