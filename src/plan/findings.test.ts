import { expect, test } from '@jest/globals';
import { type FindingKind, findings } from './findings.ts';
import { readPlanText } from './load.ts';
import { broken, lineOf, text } from './testing.ts';

const wushen = readPlanText(text);

/** What is found of one kind in a plan's text, as paths. */
const pathsOf = (kind: FindingKind, source = text) =>
  findings(readPlanText(source))
    .filter((finding) => finding.kind === kind)
    .map(({ path }) => path);

test('a type of part 二 that has no clause of its own is named with its line', () => {
  expect(findings(wushen)).toContainEqual({
    kind: 'personChooses',
    line: lineOf(text, '  massIncident: {'),
    path: 'eventTypes.massIncident.branch',
    text: '参与群体性事件（二（二））',
  });
  expect(pathsOf('personChooses')).toHaveLength(12);
  expect(pathsOf('personChooses')).not.toContain('eventTypes.riskSign.branch');
});

test('a type whose branch the plan does not give it is the reading of whoever wrote the file', () => {
  const file = broken(['clause: 二（二）, branch: null', 'clause: 二（二）, branch: violentAct']);
  expect(pathsOf('branchByReading')).toEqual([]);
  expect(pathsOf('branchByReading', file)).toEqual(['eventTypes.massIncident.branch']);
});

test("a duty without a number is 未载明; one with a number has the plan's word beside the bureau's limit", () => {
  const learnFacts = 'branches.riskSigns.stages.learnFacts';
  expect(pathsOf('withoutLimit')).toContain(learnFacts);
  const file = broken([
    'planText: 尽快\n        owner: judicialOffice',
    'planText: 尽快\n        owner: judicialOffice\n        within: PT3H',
  ]);
  expect(pathsOf('withoutLimit', file)).not.toContain(learnFacts);
  expect(findings(readPlanText(file))).toContainEqual({
    kind: 'ownLimit',
    line: lineOf(file, 'within: PT3H'),
    path: `${learnFacts}.within`,
    text: "四（二）了解情况: 尽快 is the plan's, PT3H the bureau's",
  });
});

test('a duty of outsiders has no number, and that is as it should be', () => {
  const file = broken([
    'owner: judicialOffice\n        tells:\n          - party: judicialOffice\n            duty: 请尽快向当事人',
    'owner: policeStation\n        overdueChain: outside\n        tells:\n          - party: judicialOffice\n            duty: 请尽快向当事人',
  ]);
  expect(pathsOf('withoutLimit', file)).not.toContain('branches.riskSigns.stages.learnFacts');
});

test('names that the bureau has not confirmed as one body are asked for until it has', () => {
  const file = broken(['三种名称指同一个办公室 }', '三种名称指同一个办公室, confirmed: 局长 2025-02-10 }']);
  expect(pathsOf('unconfirmed')).toContain('parties.leadingGroupOffice.interpretation');
  expect(pathsOf('unconfirmed', file)).not.toContain('parties.leadingGroupOffice.interpretation');
});

test('a document without a template is written by hand', () => {
  const file = broken(['template: police-notice', 'template: null']);
  expect(pathsOf('withoutTemplate')).toEqual([]);
  expect(pathsOf('withoutTemplate', file)).toEqual(['documents.policeNotice']);
});

test('a statutory duty whose statute was struck out is found, and so is a statute known from memory', () => {
  const file = broken(['stages: [policeNotice, procuratorateNotice]', 'stages: [policeNotice]']);
  expect(pathsOf('withoutStatute')).toEqual([]);
  expect(pathsOf('withoutStatute', file)).toEqual([
    'branches.abscondingSearch.stages.procuratorateNotice.source',
  ]);
  expect(pathsOf('statuteFromMemory')).toEqual(['overlay.searchMeans.mark', 'overlay.absence.mark']);
});

test("the source's own oddities are told: no 八, two entries into force, 二（一）without a marker, names that vary", () => {
  const told = findings(wushen)
    .filter(({ kind }) => kind === 'quirk')
    .map((quirk) => quirk.text)
    .join('\n');
  for (const quirk of [/没有第八部分/, /施行时间写了两处/, /二（一）.*没有序号/, /三种名称/])
    expect(told).toMatch(quirk);
});

test('a party that nobody fills is found where it is declared', () => {
  const unfilled = [{ party: 'policeStation', name: '派出所', offices: ['yi'] }];
  expect(findings(wushen, unfilled)).toContainEqual({
    kind: 'unfilledParty',
    line: lineOf(text, '  policeStation:'),
    path: 'parties.policeStation',
    text: '派出所: nobody to tell for yi',
  });
});
