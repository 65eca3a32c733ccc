import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mustNotRun } from './runs-on.ts';

let place: string;
let child: ChildProcess | null = null;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'fenghuo-runs-on-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  child = null;
  await rm(place, { recursive: true, force: true });
});

test('a folder that a server was killed in is free, though its note is still there', async () => {
  await expect(mustNotRun(place)).resolves.toBeUndefined();
  await writeFile(join(place, 'postmaster.pid'), '4194304\n'); // more than any pid
  await expect(mustNotRun(place)).resolves.toBeUndefined();
});

test('a process that works there is found without any note, under whatever name the folder has', async () => {
  const another = `${place}-link`;
  await symlink(place, another);
  child = spawn('sleep', ['60'], { cwd: another });
  await once(child, 'spawn');
  await expect(mustNotRun(place)).rejects.toMatchObject({
    code: 'BACKUP_RUNNING',
    message: expect.stringContaining(`pid ${child.pid}`),
  });
  await rm(another);
});
