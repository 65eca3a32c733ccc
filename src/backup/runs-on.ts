import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BackupError } from './problem.ts';

const run = promisify(execFile);

/**
 * Sees that no PostgreSQL runs on `folder`, of this machine or of a container on it. Throws {@link BackupError} `BACKUP_RUNNING`, also where
 * that cannot be seen.
 */
export async function mustNotRun(folder: string): Promise<void> {
  const pid = (await workingIn(folder)) ?? (await notedIn(folder));
  if (pid === null) return;
  const who = pid === 'unseen' ? 'may run' : `runs (pid ${pid})`;
  const seen =
    pid === 'unseen' ? `, and neither ps nor /proc tells: delete its postmaster.pid when it is stopped` : '';
  throw new BackupError(
    'BACKUP_RUNNING',
    `PostgreSQL ${who} on ${folder}${seen}: stop Fenghuo's processes, Temporal and it, in this order, first`,
  );
}

/** The process whose working folder it is: all of a server's work there, whatever the folder's name is in their container. */
async function workingIn(folder: string): Promise<string | null> {
  const it = await stat(folder).catch(() => null);
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const cwd = await stat(`/proc/${pid}/cwd`).catch(() => null); // gone, or another user's
    if (it && cwd && cwd.dev === it.dev && cwd.ino === it.ino) return pid;
  }
  return null;
}

/** The process that the server noted; null where it has ended: a kill leaves the note, and another one may have the number since. */
async function notedIn(folder: string): Promise<string | null> {
  const [pid] = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  if (!pid) return null;
  const command = (await commandOfProc(pid)) ?? (await commandOfPs(pid));
  if (command === null) return 'unseen';
  return /postgres|postmaster/.test(command) ? pid : null;
}

/** What the process was called with, empty where there is none; null where /proc does not say. */
async function commandOfProc(pid: string): Promise<string | null> {
  const isProc = await stat('/proc/self/cmdline').catch(() => null);
  return isProc && readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
}

async function commandOfPs(pid: string): Promise<string | null> {
  try {
    return (await run('ps', ['-o', 'args=', '-p', pid])).stdout;
  } catch (error) {
    return (error as { code?: unknown }).code === 1 ? '' : null; // it says so of a pid that nobody has
  }
}
