import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { recordChange } from '../store/changes.ts';
import { openRegister } from '../store/open.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fenghuo-changes-'));
  const keys = generateKey();
  await writeFile(join(dataDir, 'keys'), keys);
  const register = await openRegister({ dataDir, keyring: parseKeyring(keys) });
  for (const subject of ['person jia-1', 'person jia-2']) {
    await recordChange(register, {
      by: 'file',
      via: 'start',
      area: 'people',
      subject,
      from: { post: '值班员' },
      to: null,
      personal: { 'from.phone': '139 0000 0001' },
    });
  }
  await register.db.execute(sql`update change_entry set subject = 'person jia-3' where seq = 2`);
  await register.close();
}, 240_000);
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function changes(...words: string[]): Promise<{ code: number; stdout: string }> {
  const command = promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'src/cli.ts', 'changes', ...words],
    { env: { PATH: process.env.PATH, FENGHUO_DATA: dataDir } },
  );
  return { code: 0, ...(await command.catch((failed: { code: number; stdout: string }) => failed)) };
}

test('without a server the record is listed and verified from the register itself', async () => {
  const { stdout } = await changes('list', '--area', 'people', '--limit', '1');
  expect(stdout.trim().split('\n').slice(1)).toEqual([
    '    by file, via start',
    '    {"post":"值班员"} → none; sealed: phone',
  ]);
  expect(await changes('verify')).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(
      /^entry 2: CHANGED_ENTRY: .*\n2 changes, 0 personal values erased, 1 problems\nend 2:[0-9a-f]{64}\n$/,
    ),
  });
  expect((await changes('list', '--area', 'nothing')).code).toBe(2);
}, 240_000);
