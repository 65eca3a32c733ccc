import { afterEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataFolder, type DataFolderError } from './data-folder.ts';
import { processIdentity } from './process-identity.ts';
import { tempFolders } from '../test/harness/temp-folders.ts';

const newFolder = tempFolders();
const newPath = (): string => join(newFolder('folder'), 'data');
const module = new URL('./data-folder.ts', import.meta.url).href;

const others = new Set<ChildProcess>();

afterEach(async () => {
  await Promise.all([...others].map(killed));
});

async function killed(child: ChildProcess): Promise<void> {
  others.delete(child);
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Another process that opens `path`, says `held` or the refusal's code, and keeps what it has until it is killed. */
async function otherProcess(path: string) {
  const script = `
    import { openDataFolder } from ${JSON.stringify(module)};
    const said = await openDataFolder(${JSON.stringify(path)}).then(() => 'held', (error) => error.code);
    console.log(said);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  others.add(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { pid: child.pid!, said: line.toString().trim(), kill: () => killed(child) };
}

const refusal = (path: string): Promise<DataFolderError> =>
  openDataFolder(path).then(
    () => {
      throw new Error('the folder was opened');
    },
    (error: DataFolderError) => error,
  );

test('a folder is made for this user alone and given to the next process when released', async () => {
  const path = newPath();
  const first = await openDataFolder(path);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
  expect((await refusal(path)).code).toBe('DATA_FOLDER_IN_USE');
  await first.release();
  await first.release();
  const second = await openDataFolder(path);
  await second.release();
  expect(await readdir(second.file('lock'))).toEqual([]);
});

test('a second start is refused by name and pid, and has the folder at once when the holder is killed', async () => {
  const path = newPath();
  const holder = await otherProcess(path);
  expect(holder.said).toBe('held');
  const error = await refusal(path);
  expect(error.code).toBe('DATA_FOLDER_IN_USE');
  expect(error.message).toContain(path);
  expect(error.message).toContain(`pid ${holder.pid}`);
  await holder.kill();
  await (await openDataFolder(path)).release();
});

test('of starts at the same instant exactly one holds the folder, also over a dead one’s claim', async () => {
  const path = newPath();
  await (await otherProcess(path)).kill();
  const starts = await Promise.all([1, 2, 3, 4].map(() => otherProcess(path)));
  expect(starts.map(({ said }) => said).sort()).toEqual([
    'DATA_FOLDER_IN_USE',
    'DATA_FOLDER_IN_USE',
    'DATA_FOLDER_IN_USE',
    'held',
  ]);
});

test('within one process too, one of many has the folder', async () => {
  const path = newPath();
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => openDataFolder(path)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a dead holder whose pid now belongs to another process does not keep the folder', async () => {
  const path = newPath();
  await (await openDataFolder(path)).release();
  const alive = String(process.pid).padStart(8, '0');
  const other = '0123456789abcdef';
  expect(await processIdentity(process.pid)).not.toBe(other);
  await writeFile(join(path, 'lock', `${alive}.${other}.00000000.held`), '');
  await (await openDataFolder(path)).release();
});

test('a path that cannot be a folder is refused with what to do', async () => {
  const path = newPath();
  await writeFile(path, 'a file stands here');
  const error = await refusal(join(path, 'below'));
  expect(error.code).toBe('DATA_FOLDER_NOT_WRITABLE');
  expect(error.message).toContain('FENGHUO_DATA');
});

test('a secret is made once, for this user alone, and read ever after', async () => {
  const folder = await openDataFolder(newPath());
  const made = await Promise.all(['one', 'two', 'three'].map((text) => folder.secretFile('key', () => text)));
  expect(new Set(made).size).toBe(1);
  expect(await folder.secretFile('key', () => 'later')).toBe(made[0]);
  expect(await readFile(folder.file('key'), 'utf8')).toBe(made[0]);
  expect((await stat(folder.file('key'))).mode & 0o777).toBe(0o600);
  expect((await readdir(folder.path)).sort()).toEqual(['key', 'lock']);
  await expect(folder.secretFile('../key', () => '')).rejects.toThrow('not a plain file name');
  await folder.release();
});
