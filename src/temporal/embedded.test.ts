import { afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempFolders } from '../../test/harness/temp-folders.ts';
import { isSameProcess, processIdentity } from '../process-identity.ts';
import { EmbeddedTemporalError, startEmbeddedTemporal, type EmbeddedTemporal } from './embedded.ts';
import { provideTemporal } from './provide.ts';

jest.setTimeout(120_000);

let cli: string;
const running = new Set<EmbeddedTemporal>();
const makeFolder = tempFolders();
const newFolder = (): string => makeFolder('temporal');

beforeAll(async () => {
  cli = await provideTemporal({ cli: process.env.FENGHUO_TEMPORAL_CLI, log: console.error });
}, 15 * 60_000);

afterEach(async () => {
  await Promise.all([...running].map((temporal) => temporal.stop()));
  running.clear();
});

async function start(dataDir: string, log: (line: string) => void = () => {}): Promise<EmbeddedTemporal> {
  const temporal = await startEmbeddedTemporal({ dataDir, cli, log });
  running.add(temporal);
  return temporal;
}

async function withClient<T>(address: string, act: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await act(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

const begin = (address: string, workflowId: string): Promise<unknown> =>
  withClient(address, ({ workflow }) => workflow.start('nobodyRunsThis', { taskQueue: 'none', workflowId }));

const statusOf = (address: string, workflowId: string): Promise<string> =>
  withClient(address, async ({ workflow }) => (await workflow.getHandle(workflowId).describe()).status.name);

async function serverOf(dataDir: string): Promise<{ pid: number; identity: string }> {
  const state: unknown = JSON.parse(await readFile(join(dataDir, 'temporal.json'), 'utf8'));
  return (state as { process: { pid: number; identity: string } }).process;
}

test('a server that is killed serves again at the same address with all it had', async () => {
  const dataDir = newFolder();
  let said!: (line: string) => void;
  const heard = new Promise<string>((done) => (said = done));
  const temporal = await start(dataDir, said);
  await begin(temporal.address, 'kept');

  process.kill((await serverOf(dataDir)).pid, 'SIGKILL');

  expect(await heard).toBe(`Temporal ended (SIGKILL): starting it again at ${temporal.address}`);
  expect(await statusOf(temporal.address, 'kept')).toBe('RUNNING');
});

test('a stop ends the server; the next start has the same address and all that was there', async () => {
  const dataDir = newFolder();
  const first = await start(dataDir);
  await begin(first.address, 'kept');
  const { pid, identity } = await serverOf(dataDir);
  await first.stop();
  expect(await isSameProcess(pid, identity)).toBe(false);

  const second = await start(dataDir);
  expect(second.adopted).toBe(false);
  expect(second.address).toBe(first.address);
  expect(second.uiUrl).toBe(first.uiUrl);
  expect(await statusOf(second.address, 'kept')).toBe('RUNNING');
  expect((await fetch(second.uiUrl)).status).toBe(200);
});

test('a server whose starter is killed lives on, is adopted, watched over and ended like any other', async () => {
  const dataDir = newFolder();
  const { address } = await startedAndKilled(dataDir);
  const survivor = await serverOf(dataDir);
  expect(await isSameProcess(survivor.pid, survivor.identity)).toBe(true);

  const lines: string[] = [];
  let said!: () => void;
  const heard = new Promise<void>((done) => (said = done));
  const temporal = await start(dataDir, (line) => {
    lines.push(line);
    said();
  });
  expect(temporal.adopted).toBe(true);
  expect(temporal.address).toBe(address);
  expect(await serverOf(dataDir)).toEqual(survivor);
  await begin(temporal.address, 'kept');

  process.kill(survivor.pid, 'SIGKILL');
  await heard;
  expect(await statusOf(temporal.address, 'kept')).toBe('RUNNING');

  const successor = await serverOf(dataDir);
  await temporal.stop();
  expect(await isSameProcess(successor.pid, successor.identity)).toBe(false);
});

test('a server that was started in the instant of a kill, and is in no note, does not share the database', async () => {
  const dataDir = newFolder();
  const { address } = await startedAndKilled(dataDir);
  await begin(address, 'kept');
  const { pid, identity } = await serverOf(dataDir);
  const state = JSON.parse(await readFile(join(dataDir, 'temporal.json'), 'utf8')) as object;
  await writeFile(join(dataDir, 'temporal.json'), JSON.stringify({ ...state, process: null }));

  const temporal = await start(dataDir);
  expect(temporal.adopted).toBe(false);
  expect(await isSameProcess(pid, identity)).toBe(false);
  expect(await statusOf(temporal.address, 'kept')).toBe('RUNNING');
});

test('a process that only has the pid of an earlier server is left alone', async () => {
  const dataDir = newFolder();
  const stranger = spawn('sleep', ['600'], { detached: true });
  try {
    await once(stranger, 'spawn');
    const note = { pid: stranger.pid!, identity: 'of another process' };
    const state = { process: note, port: 17233, uiPort: 18233, served: true };
    await writeFile(join(dataDir, 'temporal.json'), JSON.stringify(state));
    const temporal = await start(dataDir);
    expect(temporal.adopted).toBe(false);
    expect(await processIdentity(stranger.pid!)).not.toBeNull();
  } finally {
    stranger.kill('SIGKILL');
  }
});

test('a database whose making broke off is made anew', async () => {
  const dataDir = newFolder();
  await writeFile(join(dataDir, 'temporal.db'), '');
  const state = { process: null, port: 17233, uiPort: 18233, served: false };
  await writeFile(join(dataDir, 'temporal.json'), JSON.stringify(state));
  const temporal = await start(dataDir);
  await begin(temporal.address, 'first');
  expect(await statusOf(temporal.address, 'first')).toBe('RUNNING');
});

test('a server that cannot start is refused with its own words and the place of its log', async () => {
  const dataDir = newFolder();
  await writeFile(join(dataDir, 'temporal.db'), 'no database at all, but something with a size');
  const error = await startEmbeddedTemporal({ dataDir, cli, log: () => {} }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(EmbeddedTemporalError);
  const { code, message } = error as EmbeddedTemporalError;
  expect(code).toBe('TEMPORAL_NOT_STARTED');
  expect(message).toContain('file is not a database');
  expect(message).toContain(join(dataDir, 'temporal.log'));
});

/** Another process starts a server from `dataDir` and is killed as soon as that serves. */
async function startedAndKilled(dataDir: string): Promise<{ address: string }> {
  const module = new URL('./embedded.ts', import.meta.url).href;
  const options = JSON.stringify({ dataDir, cli });
  const script = `
    import { startEmbeddedTemporal } from ${JSON.stringify(module)};
    const { address } = await startEmbeddedTemporal({ ...${options}, log: console.error });
    console.log(address);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGKILL');
  await once(child, 'exit');
  return { address: line.toString().trim() };
}
