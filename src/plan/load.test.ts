import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadPlan, PlanError, readPlanText } from './load.ts';
import { broken, lineOf, problemsOf, text, WUSHEN } from './testing.ts';

const PLANS = [WUSHEN, 'plans/demonstration.yaml'];

test.each(PLANS)('%s loads, pinned by the SHA-256 of its bytes', (path) => {
  const plan = loadPlan(path);
  expect(plan.pin.hash).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
  expect(plan.branches).toHaveProperty('triage');
});

test.each(PLANS)('%s is the same plan when it is loaded again from the text that was kept', (path) => {
  const plan = loadPlan(path);
  expect(readPlanText(plan.text)).toEqual(plan);
});

test('one letter more is another edition of the text, and so another hash', () => {
  expect(readPlanText(`${text}# \n`).pin.hash).not.toBe(readPlanText(text).pin.hash);
});

test("the bureau's limits and the plan's words stay two things", () => {
  const { riskSigns, violentAct } = loadPlan(WUSHEN).branches;
  expect(violentAct!.stages.policeCall).toMatchObject({
    clause: '四（三）',
    source: 'plan',
    planText: '立即',
    within: { iso: 'PT5M', ms: 300_000 },
  });
  expect(riskSigns!.stages.learnFacts).toMatchObject({ planText: '尽快', within: null });
  expect(violentAct!.stages.control!.planText).toBeNull();
});

test('the police are told of the call without a limit, and our own people phone them', () => {
  const plan = loadPlan(WUSHEN);
  const police = plan.branches.violentAct!.stages.policeCall!.tells.find((t) => t.party === 'policeStation')!;
  expect(plan.parties.policeStation!.outside).toBe(true);
  expect(police.receiptWithin).toBeNull();
  expect(plan.chains[police.chain]!.map((step) => step.party)).toEqual(['dutyLeader', 'bureauChief']);
});

test.each(PLANS)('every chain of %s waits at each step and repeats at the bureau chief', (path) => {
  for (const steps of Object.values(loadPlan(path).chains)) {
    const last = steps.at(-1)!;
    expect(last).toMatchObject({ party: 'bureauChief', wait: null });
    expect(last.repeatEvery!.ms).toBeGreaterThan(0);
    for (const step of steps.slice(0, -1))
      expect(step).toMatchObject({ wait: { ms: expect.any(Number) }, repeatEvery: null });
  }
});

test.each(PLANS)("no text of %s that goes into mails names a person's supervision status", (path) => {
  const { parties, branches, firstResponse, shared } = loadPlan(path);
  const names = Object.values(parties).map((party) => party.name);
  const mailed = JSON.stringify([names, branches, firstResponse, shared]);
  expect(mailed).not.toMatch(/矫正|缓刑|假释|服刑/);
});

test('an overdue stage climbs the chain on which its owner is told, unless the plan names another', () => {
  const own = loadPlan(WUSHEN).branches.riskSigns!.stages.reportTownship!;
  expect(own).toMatchObject({ overdueChain: 'office', overdueWait: { iso: 'PT10M' } });
  const named = broken([
    '\n  riskSigns:…within: PT1H',
    'within: PT1H\n        overdueChain: township\n        overdueWait: PT3M',
  ]);
  expect(readPlanText(named).branches.riskSigns!.stages.reportTownship).toMatchObject({
    overdueChain: 'township',
    overdueWait: { iso: 'PT3M' },
  });
});

test('ten mistakes show all at once, each with its line', () => {
  const file = broken(
    ['timeZone: Asia/Shanghai', 'timeZone: Asia/Ordos'],
    ['quietFor: PT30M', 'quietFor: P1M'],
    ['reminders: 2', 'reminders: 3'],
    ['  cityJusticeEmergencyOffice: #', '  city-justice-emergency-office: #'],
    ['{ party: bureauChief, repeatEvery: PT30M }', '{ party: bureauChief }'],
    ['clause: 四（二）, branch: riskSigns', 'clause: 四（二）, branch: riskSign'],
    ['duty: 请尽快与当事人见面', 'duty: 请尽快与社区矫正对象见面'],
    ['lifted: {', 'over: {'],
    ['duty: 司法所就一起', 'receiptWithin: PT9M\n            duty: 司法所就一起'],
    ['  approveClosing:\n    name:', '  approveClosing:\n    nmae: 批准\n    name:'],
  );
  const problems = problemsOf(file);
  expect(problems.map(({ line, path }) => [line, path])).toEqual([
    [lineOf(file, 'timeZone:'), 'timeZone'],
    [lineOf(file, 'quietFor:'), 'quietFor'],
    [lineOf(file, 'outside: {'), 'outside.reminders'],
    [lineOf(file, 'city-justice-emergency-office:'), 'parties.city-justice-emergency-office'],
    [lineOf(file, '{ party: bureauChief }'), 'chains.office.2.repeatEvery'],
    [lineOf(file, '  riskSign: {'), 'eventTypes.riskSign.branch'],
    [lineOf(file, '请尽快与社区矫正对象'), 'branches.riskSigns.stages.counselling.tells.0.duty'],
    [lineOf(file, 'over: {') - 4, 'branches.riskSigns.stages.closeMonitoring.outcomes.lifted'],
    [lineOf(file, 'receiptWithin: PT9M'), 'branches.violentAct.stages.policeCall.tells.1.receiptWithin'],
    [lineOf(file, '    nmae:'), 'shared.approveClosing.nmae'],
  ]);
  expect(problems.at(5)).toMatchObject({
    problem: 'there is no branch "riskSign"',
    expected: 'did you mean "riskSigns"?',
  });
  expect(problems.at(9)).toMatchObject({ column: 5, expected: 'did you mean "name"?' });
});

test('a refused plan says in its message what, where, and what was expected', () => {
  const file = broken(['quietFor: PT30M', 'quietFor: P1M']);
  expect(() => readPlanText(file)).toThrow(PlanError);
  expect(() => loadPlan({ name: 'county.yaml', text: file })).toThrow(
    /county\.yaml: 1 problem\(s\) \[PLAN_INVALID\]\n {2}line \d+, column 11, quietFor: "P1M" counts in years or months.*expected: an ISO 8601/,
  );
});

test('a key given twice and a wrong value are told together', () => {
  const file = broken(['title:', 'key: other\ntitle:'], ['reminders: 2', 'reminders: two']);
  expect(problemsOf(file).map(({ line, problem }) => [line, problem])).toEqual([
    [lineOf(file, 'key: other'), 'this key stands here twice'],
    [lineOf(file, 'reminders: two'), 'is text'],
  ]);
});

test('a section under a wrong name is told once, not by everything that refers to it', () => {
  expect(problemsOf(broken(['\nparties:', '\npartys:'])).map((p) => [p.path, p.problem])).toEqual([
    ['parties', 'is missing'],
    ['partys', 'this field is not known'],
  ]);
});

test('a slip in the YAML itself has its line, too', () => {
  const file = broken(['outside: { reminders: 2,', 'outside: { reminders: 2']);
  expect(problemsOf(file)[0]).toMatchObject({ line: lineOf(file, 'outside: {'), expected: 'valid YAML' });
});

test('a value that stands elsewhere in the file is refused', () => {
  const file = broken(
    ['remindEvery: PT12H', 'remindEvery: &half PT12H'],
    ['quietFor: PT30M', 'quietFor: *half'],
  );
  expect(problemsOf(file)).toEqual([
    expect.objectContaining({
      line: lineOf(file, 'quietFor'),
      problem: 'refers to another place of the file',
    }),
  ]);
});

test('files that are no plan at all are refused with a reason', () => {
  for (const source of ['', '- a\n- b\n', 'null', '42', '# nothing\n']) {
    expect(problemsOf(source)[0]!.expected).toBe('a map');
  }
});

test('a file that cannot be read, or was not saved as UTF-8, says so', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-plan-'));
  const gbk = join(folder, 'gbk.yaml');
  writeFileSync(gbk, Buffer.from([0x74, 0x3a, 0x20, 0xce, 0xda, 0xc9, 0xf3]));
  expect(() => loadPlan(gbk)).toThrow('is not UTF-8 text');
  expect(() => loadPlan(join(folder, 'none.yaml'))).toThrow('cannot be read (ENOENT)');
  rmSync(folder, { recursive: true });
});
