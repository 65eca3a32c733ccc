import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';

export interface Command {
  file: string;
  args: string[];
  environment: Record<string, string>;
  /** Numbers of another user, where this one may not run it. */
  user?: { uid: number; gid: number } | undefined;
  cwd: string;
  logFile: string;
}

/** How a child ended: an exit code, or a signal's name. */
export type Ending = number | NodeJS.Signals;

/** A process of the topology. */
export interface Child {
  readonly pid: number;
  readonly ended: Promise<Ending>;
  /** To its whole group. */
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts a command in a process group of its own, so that Ctrl-C in the terminal reaches only whoever started the topology, with what it
 * says in a file. It gets of the environment only what it is given. Rejects when it cannot be started.
 */
export async function startChild({ file, args, environment, user, cwd, logFile }: Command): Promise<Child> {
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child: ChildProcess = spawn(file, args, {
      cwd,
      env: environment,
      detached: true,
      stdio: ['ignore', log, log],
      ...(user ?? {}),
    });
    const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as Ending);
    ended.catch(() => undefined);
    await once(child, 'spawn');
    const pid = child.pid!;
    return {
      pid,
      ended,
      kill(signal) {
        try {
          process.kill(-pid, signal);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
        }
      },
    };
  } finally {
    closeSync(log);
  }
}
