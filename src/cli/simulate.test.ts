import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { broken } from '../plan/testing.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-simulate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function simulate(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'simulate', ...words]);
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  );
}

const NIGHT = ['--type', 'outOfSupervision', '--office', 'jia', '--at', '2025-10-01T02:13', '--silent'];
const TABLE = [...NIGHT, '--hours', '5'];

test('the table of 四（一）, silent, is the one in both READMEs', async () => {
  const { code, stdout } = await simulate(...TABLE);
  expect(code).toBe(0);
  const table = stdout.split('\n').filter((line) => line.startsWith('|'));
  expect(table.length).toBeGreaterThan(15);
  for (const readme of ['README.md', 'README.zh-CN.md'])
    expect(readFileSync(readme, 'utf8')).toContain(table.join('\n'));
});

test('--against shows what another edition does otherwise, and nothing else', async () => {
  const path = join(folder, 'shorter.yaml');
  writeFileSync(path, broken(['    stages:\n      search:…within: PT4H', 'within: PT1H']));
  const { code, stdout } = await simulate(...TABLE, '--against', path);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\| 提前 \| 4:00 \| 1:00 \| 时限已到 \| 查找 \| 四（一） \|/);
  expect(stdout).not.toContain('| 不变 |');
});

test('--json gives every method and repeat on a line of its own', async () => {
  const { stdout } = await simulate(...NIGHT, '--hours', '1', '--json');
  const { branch, lines } = JSON.parse(stdout) as { branch: string; lines: { by: string | null }[] };
  expect(branch).toBe('abscondingSearch');
  expect(new Set(lines.map(({ by }) => by))).toEqual(new Set([null, 'sms', 'voice', 'email']));
});

test.each([
  [['--type', 'noSuchType'], /--type is not one of: violentCrime, /],
  [['--office', 'nowhere'], /--office is not one of: jia, yi, bing/],
  [['--at', 'yesterday'], /--at is no time such as 2025-10-01T02:13/],
  [['--hours', '1000'], /--hours is a number up to 72/],
])('called wrongly: %j', async (words, says) => {
  const { code, stderr } = await simulate(...words);
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
});
