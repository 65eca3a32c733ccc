import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What tells a running process from any other that had or will have the same pid, as letters and digits; null when no such process runs
 * (a zombie has ended: only its parent has not looked yet). On Linux the boot and the start in clock ticks, else
 * the start as `ps` prints it.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** Whether the process that had `identity` as `pid` still runs. */
export const isSameProcess = async (pid: number, identity: string): Promise<boolean> =>
  (await processIdentity(pid)) === identity;

async function fromProc(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in brackets and may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X') return null;
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return short(`${boot.trim()} ${startTicks}`);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

async function fromPs(pid: number): Promise<string | null> {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { env });
    const [, state, started] = /^\s*(\S+)\s+(.*\S)\s*$/.exec(stdout) ?? [];
    return started === undefined || state?.startsWith('Z') ? null : short(started);
  } catch (error) {
    // `ps` ends with 1 when it found no such process.
    if ((error as { code?: unknown }).code === 1) return null;
    throw error;
  }
}

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** The process ended before its file was opened, or while it was read. */
const isGone = (error: unknown): boolean =>
  ['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '');
