import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findPostgres } from '../../deploy/native/find-tools.ts';
import { postgresUser } from '../../src/backup/commands-of-postgres.ts';
import { freePort } from '../../src/temporal/serving.ts';
import { until } from '../harness/until.ts';

const run = promisify(execFile);

/** A PostgreSQL server of its own. */
export interface Postgres {
  port: number;
  url(port: number): string;
  /** Starts it where it does not run, and waits until it answers. */
  start(): Promise<void>;
  /** kill -9 of all its processes. */
  kill9(): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

/** A new one in `folder`, which may be a disk of its own, so it logs elsewhere. Throws, saying what to install, where there is no PostgreSQL. */
export async function makePostgres(folder: string, logFile: string): Promise<Postgres> {
  const bin = await findBin();
  const user = await postgresUser();
  const data = join(folder, 'postgres');
  mkdirSync(data, { mode: 0o700 });
  if (user) chownSync(data, user.uid, user.gid);
  const as = user ? { ...user, cwd: data } : { cwd: data };
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'fenghuo', '-A', 'trust', '--no-sync'], as);
  const port = await freePort();
  const log = openSync(logFile, 'a');
  let server: ChildProcess | null = null;
  const isRunning = (): boolean => server?.exitCode === null && server.signalCode === null;
  const url = (at: number): string => `postgres://fenghuo@127.0.0.1:${at}/postgres`;
  return {
    port,
    url,
    async start() {
      const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${data}`];
      const small = ['max_wal_size=64MB', 'wal_keep_size=0', 'shared_buffers=64MB', 'max_connections=100'];
      const args = ['-D', data, ...[...settings, ...small].flatMap((setting) => ['-c', setting])];
      const begin = () =>
        (server = spawn(join(bin, 'postgres'), args, { ...as, stdio: ['ignore', log, log], detached: true }));
      await until('PostgreSQL answers', async () => {
        if (!isRunning()) begin(); // again where an orphan still holds the folder
        return answers(url(port));
      });
    },
    async kill9() {
      if (!server?.pid || !isRunning()) return;
      const gone = once(server, 'exit');
      // Its workers are in sessions of their own: they end by themselves when the first process is gone.
      for (const pid of await childrenOf(server.pid)) signalQuietly(pid, 'SIGKILL');
      signalQuietly(server.pid, 'SIGKILL');
      await gone;
    },
    signal(signal) {
      const first = server?.pid;
      if (!first) return;
      if (signal === 'SIGSTOP') signalQuietly(first, signal);
      void childrenOf(first).then((pids) => {
        for (const pid of pids) signalQuietly(pid, signal);
        signalQuietly(first, signal);
      });
    },
  };
}

async function findBin(): Promise<string> {
  const folder = await findPostgres();
  if (folder === null) throw new Error('The fault suite needs PostgreSQL: apt-get install postgresql');
  return folder;
}

const childrenOf = async (pid: number): Promise<number[]> =>
  run('pgrep', ['-P', String(pid)]).then(
    ({ stdout }) => stdout.trim().split('\n').map(Number),
    () => [],
  );

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone before
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
