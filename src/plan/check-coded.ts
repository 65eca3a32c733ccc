import { CODED_STAGES, type CodedStage, type CodedSection } from './coded-stages.ts';
import { entriesOf, fieldOf } from './raw.ts';
import type { Path, Report } from './yaml-file.ts';

/** What our code opens and decides by has to be in the plan, for every branch that the plan has. */
export function checkCoded(raw: unknown, report: Report): void {
  for (const section of Object.keys(CODED_STAGES) as CodedSection[]) {
    const common = section === 'firstResponse' || section === 'shared';
    const branch = fieldOf(fieldOf(raw, 'branches'), section);
    const stages = common ? fieldOf(raw, section) : fieldOf(branch, 'stages');
    const path = common ? [section] : ['branches', section, 'stages'];
    if (section === 'triage' && branch === undefined) noTriage(report);
    // That a section of its own is missing altogether is said already.
    if (stages === undefined) continue;
    for (const stage of CODED_STAGES[section]) checkOne(stage, stages, path, section, report);
  }
  checkTogether(raw, report);
}

/** Triage has to be there, since whatever fits no branch starts in it; other coded branches only where the plan has them. */
const noTriage = (report: Report): void =>
  report(
    ['branches', 'triage'],
    'is missing',
    'the branch in which an incident waits until a person chooses one',
  );

function checkOne(coded: CodedStage, stages: unknown, path: Path, where: string, report: Report): void {
  const found = fieldOf(stages, coded.stage);
  if (found === undefined) {
    if (!coded.optional) missing(coded, path, where, report);
    return;
  }
  const outcomes = fieldOf(found, 'outcomes');
  if (outcomes === undefined) return;
  const at = [...path, coded.stage, 'outcomes'];
  for (const outcome of coded.ends) checkOutcome(coded, outcome, false, outcomes, at, report);
  for (const outcome of coded.continues) checkOutcome(coded, outcome, true, outcomes, at, report);
}

const missing = ({ stage, clause, name }: CodedStage, path: Path, where: string, report: Report): void =>
  report([...path, stage], `${where} lacks the stage ${stage}`, `${clause}${name}: our code opens it`);

function checkOutcome(
  { stage, clause, name }: CodedStage,
  outcome: string,
  continues: boolean,
  outcomes: unknown,
  path: Path,
  report: Report,
): void {
  const found = fieldOf(outcomes, outcome);
  const at = [...path, outcome];
  if (found === undefined) {
    report(at, `${stage} lacks the outcome ${outcome}`, `${clause}${name}: our code decides by it`);
  } else if ((fieldOf(found, 'continues') === true) !== continues) {
    const expected = continues ? 'continues: true' : 'no continues: the stage ends with it';
    report(at, `${stage} ${continues ? 'goes on' : 'ends'} after ${outcome}`, expected, 'key');
  }
}

/** What one stage asks of another. */
function checkTogether(raw: unknown, report: Report): void {
  const first = fieldOf(raw, 'firstResponse');
  const search = fieldOf(fieldOf(fieldOf(raw, 'branches'), 'abscondingSearch'), 'stages');
  if (
    fieldOf(first, 'activationRequest') !== undefined &&
    fieldOf(first, 'activationDecision') === undefined
  ) {
    report(
      ['firstResponse', 'activationDecision'],
      'firstResponse lacks the stage activationDecision',
      '四决定是否启动预案: a request that was filed has to be decided',
    );
  }
  const reports = ['reportTownship', 'reportLeadingGroup'];
  if (search !== undefined && reports.every((stage) => fieldOf(search, stage) === undefined)) {
    report(
      ['branches', 'abscondingSearch', 'stages', 'reportLeadingGroup'],
      'abscondingSearch reports to nobody',
      '四（一）: reportTownship, reportLeadingGroup, or both',
    );
  }
  checkLevels(raw, fieldOf(first, 'chooseLevel'), report);
}

/** A person chooses among the plan's own levels (突发事件应对法 71). */
function checkLevels(raw: unknown, chooseLevel: unknown, report: Report): void {
  if (chooseLevel === undefined) return;
  const levels = entriesOf(fieldOf(raw, 'responseLevels')).map(([key]) => key);
  const outcomes = entriesOf(fieldOf(chooseLevel, 'outcomes')).map(([key]) => key);
  const path = ['firstResponse', 'chooseLevel', 'outcomes'];
  for (const level of levels.filter((key) => !outcomes.includes(key))) {
    report(
      [...path, level],
      `chooseLevel lacks the level ${level}`,
      'one outcome for each of responseLevels',
    );
  }
  for (const outcome of outcomes.filter((key) => !levels.includes(key))) {
    report([...path, outcome], `responseLevels has no level ${outcome}`, 'one of responseLevels', 'key');
  }
}
