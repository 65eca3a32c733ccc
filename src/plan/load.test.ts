import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadPlan, PlanError, readPlanText } from './load.ts';
import { CODED_BRANCHES } from './part.ts';
import { REQUIRED_STAGES } from './required-stages.ts';

const WUSHEN = 'plans/wushen-2025.yaml';
const PLANS = [WUSHEN, 'plans/demonstration.yaml'];
const text = readFileSync(WUSHEN, 'utf8');

/** The plan's text with each `[was, is]` changed once; fails when there is nothing to change. */
const broken = (...changes: [was: string, is: string][]) =>
  changes.reduce((before, [was, is]) => {
    if (!before.includes(was)) throw new Error(`nothing to break: ${was}`);
    return before.replace(was, () => is);
  }, text);

const lineOf = (file: string, mark: string) => file.slice(0, file.indexOf(mark)).split('\n').length;

function problemsOf(source: string) {
  try {
    loadPlan({ name: 'broken.yaml', text: source });
  } catch (error) {
    if (error instanceof PlanError) return error.problems;
    throw error;
  }
  throw new Error('this plan was expected to be refused');
}

test.each(PLANS)('%s loads, pinned by the SHA-256 of its bytes', (path) => {
  const plan = loadPlan(path);
  expect(plan.pin.hash).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
  expect(Object.keys(plan.branches)).toEqual(expect.arrayContaining([...CODED_BRANCHES]));
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
  const { parties, branches, shared } = loadPlan(path);
  const names = Object.values(parties).map((party) => party.name);
  const mailed = JSON.stringify([names, branches, shared]);
  expect(mailed).not.toMatch(/矫正|缓刑|假释|服刑/);
});

test('an overdue stage climbs the chain on which its owner is told, unless the plan names another', () => {
  const own = loadPlan(WUSHEN).branches.riskSigns!.stages.reportTownship!;
  expect(own).toMatchObject({ overdueChain: 'office', overdueWait: { iso: 'PT10M' } });
  const named = broken([
    'within: PT1H',
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
    ['  bureauGeneralOffice: #', '  bureau-general-office: #'],
    ['{ party: bureauChief, repeatEvery: PT30M }', '{ party: bureauChief }'],
    ['clause: 四（二）, branch: riskSigns', 'clause: 四（二）, branch: riskSign'],
    ['duty: 请尽快与当事人见面', 'duty: 请尽快与社区矫正对象见面'],
    ['      closeMonitoring: #', '      monitoring: #'],
    ['duty: 司法所就一起', 'receiptWithin: PT9M\n            duty: 司法所就一起'],
    ['  approveClosing:\n    name:', '  approveClosing:\n    nmae: 批准\n    name:'],
  );
  const problems = problemsOf(file);
  expect(problems.map(({ line, path }) => [line, path])).toEqual([
    [lineOf(file, 'timeZone:'), 'timeZone'],
    [lineOf(file, 'quietFor:'), 'quietFor'],
    [lineOf(file, 'outside: {'), 'outside.reminders'],
    [lineOf(file, 'bureau-general-office:'), 'parties.bureau-general-office'],
    [lineOf(file, '{ party: bureauChief }'), 'chains.office.2.repeatEvery'],
    [lineOf(file, '  riskSign: {'), 'eventTypes.riskSign.branch'],
    [lineOf(file, '  riskSigns:\n    name') + 4, 'branches.riskSigns.stages.closeMonitoring'],
    [lineOf(file, '请尽快与社区矫正对象'), 'branches.riskSigns.stages.counselling.tells.0.duty'],
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

test.each([
  [
    'a chain that ends below the top',
    '{ party: bureauChief, repeatEvery: PT30M }',
    '{ party: dutyLeader, repeatEvery: PT30M }',
    'chains.office.2.party',
    'does not end at the top',
  ],
  [
    'a chain that climbs to the police',
    '{ party: dutyLeader, wait: PT10M }',
    '{ party: policeStation, wait: PT10M }',
    'chains.office.1.party',
    'outside party',
  ],
  [
    'a step that does not wait',
    '{ party: dutyLeader, wait: PT10M }',
    '{ party: dutyLeader }',
    'chains.office.1.wait',
    'is missing',
  ],
  [
    'a step that repeats too early',
    '{ party: dutyLeader, wait: PT10M }',
    '{ party: dutyLeader, wait: PT10M, repeatEvery: PT1M }',
    'chains.office.1.repeatEvery',
    'has no repeatEvery',
  ],
  [
    'a party that is not declared',
    'owner: judicialOffice',
    'owner: judicalOffice',
    'branches.triage.stages.chooseBranch.owner',
    'no party "judicalOffice"',
  ],
  [
    'a party named like a property of every object',
    'owner: judicialOffice',
    'owner: constructor',
    'branches.triage.stages.chooseBranch.owner',
    'no party "constructor"',
  ],
  [
    'a chain that is not declared',
    'chain: office\n',
    'chain: ofice\n',
    'branches.triage.stages.chooseBranch.tells.0.chain',
    'no chain "ofice"',
  ],
  [
    'a limit for a stage of the police',
    'owner: judicialOffice',
    'owner: policeStation\n        overdueChain: office',
    'branches.triage.stages.chooseBranch.within',
    'outside party',
  ],
  [
    'an owner who is not told, and no chain for the limit',
    'owner: judicialOffice',
    'owner: dutyLeader',
    'branches.triage.stages.chooseBranch.overdueChain',
    'does not tell its owner',
  ],
  [
    'a party of our own without a receipt clock',
    '            receiptWithin: PT10M\n',
    '',
    'branches.triage.stages.chooseBranch.tells.0.receiptWithin',
    'is missing',
  ],
  [
    'one party told twice',
    'party: leadingGroupOffice\n            duty',
    'party: judicialOffice\n            duty',
    'branches.triage.stages.chooseBranch.tells.1.party',
    'already',
  ],
  [
    'an outcome that the code records',
    'chosen: {',
    'picked: {',
    'branches.triage.stages.chooseBranch.outcomes.chosen',
    'lacks the outcome chosen',
  ],
  [
    "an outcome that is the system's own",
    'lifted: {',
    'superseded: {',
    'branches.riskSigns.stages.closeMonitoring.outcomes.superseded',
    "system's own",
  ],
  [
    'a carried stage that no other branch has',
    '    urgency: 特急',
    '    urgency: 特急\n    carries: [learnFact]',
    'branches.violentAct.carries.0',
    'no stage of another branch',
  ],
  [
    'a closing approved by outsiders',
    'approvers: [leadingGroupOffice,',
    'approvers: [procuratorate,',
    'approvers.0',
    'outside party',
  ],
  ['two bodies of one name', 'aliases: [局长]', 'aliases: [派出所]', 'parties.policeStation.name', 'already'],
  [
    'a field without its value',
    'planText: 及时',
    'planText:',
    'branches.riskSigns.stages.reportTownship.planText',
    'is empty',
  ],
  ['a number where text belongs', 'issuer: 乌审旗司法局', 'issuer: 2025', 'issuer', 'is a number'],
])('%s is a mistake', (_name, was, is, path, problem) => {
  expect(problemsOf(broken([was, is]))).toEqual([
    expect.objectContaining({ path, problem: expect.stringContaining(problem) }),
  ]);
});

test('what a coded branch needs is named by clause and stage', () => {
  for (const [branch, stages] of Object.entries(REQUIRED_STAGES)) {
    for (const { stage, clause } of stages) {
      const path = branch === 'shared' ? `shared.${stage}` : `branches.${branch}.stages.${stage}`;
      // Without the key in that branch, its stage is missing under its old name.
      const from = text.indexOf(branch === 'shared' ? '\nshared:' : `\n  ${branch}:`);
      const at = text.indexOf(` ${stage}:`, from);
      const renamed = `${text.slice(0, at)} renamed:${text.slice(at + stage.length + 2)}`;
      const missing = problemsOf(renamed).find((p) => p.path === path)!;
      expect(missing.problem).toContain(stage);
      expect(missing.expected).toContain(clause);
    }
  }
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
