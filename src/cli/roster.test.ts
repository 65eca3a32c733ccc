import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

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

const SAMPLE = ['--organisation', 'plans/roster.sample.yaml'];

test('roster show tells who is on duty and why, span by span', async () => {
  const shown = await fenghuo('roster', 'show', 'centre', ...SAMPLE, '--from', '2026-09-30', '--days', '1');
  expect(shown).toEqual({
    code: 0,
    stderr: '',
    stdout: `禾山县应急值守中心 (emergencyCentre), Asia/Shanghai
  2026-09-30 00:00 – 2026-09-30 08:30  虚构值守三 (officer, 夜班, rotation), 虚构当班一 (dutyLeader, 带班, rotation)
  2026-09-30 08:30 – 2026-09-30 17:30  虚构值守三 (officer, 白班, rotation), 虚构当班一 (dutyLeader, 带班, rotation)
  2026-09-30 17:30 – 2026-10-01 00:00  虚构值守三 (officer, 夜班, override), 虚构当班一 (dutyLeader, 带班, rotation)
Told after them, in this order: 虚构值守一、虚构值守二、虚构值守三
`,
  });
});

test('roster show of a body without a roster says so', async () => {
  const { code, stdout } = await fenghuo('roster', 'show', 'west', ...SAMPLE);
  expect(stdout).toMatch(
    /no roster: the contacts below, at any hour\nTold after them, in this order: 虚构西一\n$/,
  );
  expect(code).toBe(0);
});

test('roster guard lists what to mend, in both languages, and exits with 1', async () => {
  const { code, stdout } = await fenghuo(
    'roster',
    'guard',
    ...SAMPLE,
    '--plan',
    'plans/second-county.yaml',
    '--from',
    '2026-12-25',
    '--days',
    '14',
  );
  expect(stdout).toMatch(/^plans\/roster\.sample\.yaml: \d+ finding\(s\) in 14 day\(s\)\n/);
  expect(stdout).toMatch(
    /noPhone: 东片工作站虚构东一：没有电话号码\n {4}虚构东一 of 东片工作站: no phone number\n/,
  );
  expect(code).toBe(1);
});

test('a reader that has had enough is no error', async () => {
  const words = ['roster', 'show', 'centre', ...SAMPLE, '--from', '2026-01-05', '--days', '366'];
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    `set -o pipefail; "$@" | head -n 1; echo "ended with $?"`,
    'bash',
    process.execPath,
    '--import',
    'tsx',
    'src/cli.ts',
    ...words,
  ]);
  expect(stdout).toBe('禾山县应急值守中心 (emergencyCentre), Asia/Shanghai\nended with 0\n');
});

test('a call that cannot be meant says how it is to be called', async () => {
  const refused = async (...words: string[]) => {
    const { code, stderr } = await fenghuo('roster', ...words);
    return [code, stderr];
  };
  expect(await refused('show')).toEqual([2, 'roster show takes one BODY\n']);
  expect(await refused('show', 'centr', ...SAMPLE)).toEqual([
    2,
    'there is no body "centr": did you mean "centre"?\n',
  ]);
  expect(await refused('guard', '--from', '2026-02-30')).toEqual([
    2,
    '--from takes a date such as 2026-10-01\n',
  ]);
  expect(await refused('import', 'a.xlsx')).toEqual([2, 'roster import takes one FILE and --body ID\n']);
  expect(await refused('export', 'a.doc', '--body', 'jia')).toEqual([
    2,
    'roster export takes --body ID and one FILE.xlsx or FILE.csv\n',
  ]);
  expect(await refused('guard', '--days', '0')).toEqual([2, '--days takes a number from 1 to 366\n']);
});
