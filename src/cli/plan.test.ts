import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { broken, lineOf, WUSHEN } from '../plan/testing.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

async function fenghuo(...words: string[]): Promise<Run> {
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...words]);
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failed: Run) => failed,
  );
}

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('plan check of the Wushen plan lists what the source itself leaves open, and finds no mistake', async () => {
  const { code, stdout } = await fenghuo('plan', 'check', WUSHEN);
  expect(stdout).toMatch(/^plans\/wushen-2025\.yaml: no mistakes, \d+ finding\(s\)\n/);
  for (const found of [
    /line \d+, eventTypes\.massIncident\.branch: 参与群体性事件（二（二））/,
    /line \d+, branches\.riskSigns\.stages\.learnFacts: 四（二）了解情况: 尽快/,
    /line \d+, branches\.violentAct\.stages\.policeCall\.within: 四（三）报警: 立即 is the plan's, PT5M the bureau's/,
    /line \d+, quirks\.1: 八: 没有第八部分/,
  ]) {
    expect(stdout).toMatch(found);
  }
  expect(stdout).not.toContain('nobody fills');
  expect(code).toBe(0);
});

test('plan check of a broken copy lists its ten mistakes with their ten lines, and nothing else', async () => {
  const text = broken(
    ['edition: 2025-01-17', 'edition: 17.1.2025'],
    ['remindEvery: PT12H', 'remindEvery: 12 hours'],
    ['approvers: [leadingGroupOffice', 'approvers: [leadingGroupOffise'],
    ['aliases: [局长]', 'aliases: [派出所]'],
    ['    - { party: bureauChief, repeatEvery: PT30M }', '    - { party: dutyLeader, repeatEvery: PT30M }'],
    [
      '  actInProgress: { name: 正在实施, clause: 四（三）, branch: violentAct }',
      '  actInProgress: { name: 正在实施, clause: 四（三）, branch: violentAkt }',
    ],
    ['          stillSearching:', '          searchingOn:'],
    ['\n  riskSigns:…within: PT1H', 'within: PT0S'],
    ['duty: 请立即由本人拨打110', 'duty: 请社区矫正对象拨打110'],
    ['form: 函, signedBy: dutyLeader', 'form: 函, signedBy: dutyLeeder'],
  );
  const { code, stdout } = await fenghuo('plan', 'check', written('broken.yaml', text));
  const [title, ...mistakes] = stdout.trim().split('\n');
  expect(title).toMatch(/broken\.yaml: 10 problem\(s\) \[PLAN_INVALID\]$/);
  expect(
    mistakes.map((mistake) => /line (\d+), column \d+, (\S+): .+; expected: ./.exec(mistake)?.slice(1)),
  ).toEqual(
    [
      ['edition: 17', 'edition'],
      ['12 hours', 'remindEvery'],
      ['leadingGroupOffise', 'approvers.0'],
      ['name: 派出所\n', 'parties.policeStation.name'],
      ['{ party: dutyLeader, repeatEvery: PT30M }', 'chains.office.2.party'],
      ['violentAkt', 'eventTypes.actInProgress.branch'],
      [
        'outcomes:\n          foundComplies',
        'branches.abscondingSearch.stages.search.outcomes.stillSearching',
      ],
      ['PT0S', 'branches.riskSigns.stages.reportTownship.within'],
      ['请社区矫正对象', 'branches.violentAct.stages.policeCall.tells.0.duty'],
      ['dutyLeeder', 'documents.policeNotice.signedBy'],
    ].map(([mark, path]) => [String(lineOf(text, mark!)), path]),
  );
  expect(code).toBe(1);
});

test('plan check names a document whose template is in no folder, and looks into another folder where one is named', async () => {
  const text = broken(['template: police-notice', 'template: police-notise']);
  const unknown = await fenghuo('plan', 'check', written('unknown-template.yaml', text));
  expect(unknown.stdout).toMatch(
    /documents\.policeNotice\.template: there is no template "police-notise"; expected: did you mean "police-notice"\?/,
  );
  expect(unknown.code).toBe(1);
  const second = ['plans/second-county.yaml', '--documents', 'plans/second-documents'];
  expect((await fenghuo('plan', 'check', ...second)).code).toBe(0);
});

test('plan check tells which parties nobody fills in another organisation', async () => {
  const organisation = written(
    'organisation.yaml',
    `key: alone
name: 演示旗司法局
numberPrefix: YS
bodies:
  - { id: jia, name: 甲镇司法所, party: judicialOffice, callBack: 000-0000-0101, contacts: [one] }
people:
  - { id: one, name: 测试甲一, post: 所长, body: jia, email: one@example.invalid }
`,
  );
  const { code, stdout } = await fenghuo('plan', 'check', WUSHEN, '--organisation', organisation);
  expect(stdout).toMatch(/Parties that nobody fills \(10\)/);
  expect(stdout).toMatch(/line \d+, parties\.policeStation: 派出所: nobody to tell for jia/);
  expect(code).toBe(0);
});

test('plan check of the second county, with its own organisation, finds nobody missing', async () => {
  const { code, stdout } = await fenghuo(
    'plan',
    'check',
    'plans/second-county.yaml',
    '--organisation',
    'plans/second-organisation.sample.yaml',
  );
  expect(stdout).toMatch(/no mistakes/);
  expect(stdout).not.toContain('nobody');
  expect(code).toBe(0);
});

test('plan diff tells what changed between two editions', async () => {
  const after = written('after.yaml', broken(['within: PT4H', 'within: PT3H']));
  const { code, stdout } = await fenghuo('plan', 'diff', WUSHEN, after);
  expect(stdout).toBe(
    `${WUSHEN} → ${after}: 1 change(s)

The bureau's own limits: no revision of the plan (1)
  abscondingSearch 失联查找, search 查找, within: PT4H → PT3H
`,
  );
  expect(code).toBe(0);
  expect(await fenghuo('plan', 'diff', WUSHEN, written('empty.yaml', ''))).toMatchObject({ code: 1 });
});

test('a call that cannot be meant says how it is to be called', async () => {
  expect(await fenghuo('plan', 'check')).toMatchObject({ code: 2, stderr: 'plan check takes one FILE\n' });
  expect(await fenghuo('plan', 'diff', WUSHEN)).toMatchObject({
    code: 2,
    stderr: 'plan diff takes two files, BEFORE and AFTER\n',
  });
  const none = await fenghuo('plan');
  expect(none.code).toBe(2);
  expect(none.stdout).toMatch(/plan check FILE \[--organisation FILE\]/);
  expect(await fenghuo('help')).toMatchObject({ code: 0, stdout: none.stdout });
});
