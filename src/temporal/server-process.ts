import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isSameProcess, processIdentity } from '../process-identity.ts';

const LOG_LIMIT = 10 * 1024 * 1024;
const GRACE_MS = 10_000;
const LOOK_EVERY_MS = 250;
/** All command lines of a machine together. */
const PS_LIMIT = 64 * 1024 * 1024;

const run = promisify(execFile);

/** A server that outlives this process; whether this one started it makes no difference. */
export interface ServerProcess {
  readonly pid: number;
  /** As {@link processIdentity} gives it. */
  readonly identity: string;
  /** Resolves, with how, when the process has ended. */
  readonly ended: Promise<string>;
}

/**
 * Starts `command` in a process group of its own and with a file for its output, so that neither Ctrl-C in the terminal nor the
 * death of this process ends it. Throws `Error` when it cannot be started or ends at once.
 */
export async function launch(command: string, args: string[], logFile: string): Promise<ServerProcess> {
  rotate(logFile);
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: cleanEnvironment(),
    });
    const ended = new Promise<string>((done) => {
      child.once('exit', (code, signal) => done(signal ?? `exit code ${code}`));
    });
    await once(child, 'spawn');
    child.unref();
    const identity = await processIdentity(child.pid!);
    if (identity === null) throw new Error(`it ended at once (${await ended})`);
    return { pid: child.pid!, identity, ended };
  } finally {
    closeSync(log);
  }
}

/** The process that an earlier one of ours started; null when it has ended. */
export async function adopt(pid: number, identity: string): Promise<ServerProcess | null> {
  if (!(await isSameProcess(pid, identity))) return null;
  return { pid, identity, ended: untilEnded(pid, identity) };
}

/**
 * Servers whose command line names `file`, whoever started them: one that was started in the very instant its starter was
 * killed is in no note. None where there is no `ps`.
 */
export async function findServers(file: string): Promise<ServerProcess[]> {
  const { stdout } = await run('ps', ['-A', '-ww', '-o', 'pgid=,args='], { maxBuffer: PS_LIMIT }).catch(
    () => ({
      stdout: '',
    }),
  );
  const lines = stdout.split('\n').map((line) => /^\s*(\d+)\s+(.*)$/.exec(line));
  const groups = new Set(
    lines.flatMap((line) => (line?.[2]!.split(' ').includes(file) ? [Number(line[1])] : [])),
  );
  const found = await Promise.all(
    [...groups].map(async (pid) => {
      const identity = await processIdentity(pid);
      return identity === null ? null : adopt(pid, identity);
    }),
  );
  return found.filter((server) => server !== null);
}

/** Ends the process: asks first, and kills it when it has not ended after ten seconds. */
export async function terminate({ pid, identity, ended }: ServerProcess): Promise<void> {
  if (!(await isSameProcess(pid, identity))) return;
  send(pid, 'SIGTERM');
  const waited = new AbortController();
  const timer = pause(GRACE_MS, null, { signal: waited.signal }).catch(() => null);
  const how = await Promise.race([ended, timer]);
  waited.abort();
  if (how !== null) return;
  send(pid, 'SIGKILL');
  await ended;
}

async function untilEnded(pid: number, identity: string): Promise<string> {
  while (await isSameProcess(pid, identity)) await pause(LOOK_EVERY_MS, undefined, { ref: false });
  return 'killed or ended by itself';
}

/** To the whole group: a `temporal` on the PATH may be a script that runs the server as its child. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The CLI takes options from `TEMPORAL_…` variables that are meant for its clients. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) renameSync(file, `${file}.1`);
}
