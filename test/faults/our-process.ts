import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How often a process may end before it serves. */
const STARTS = 5;

/** API or worker as a process of its own. */
export interface OurProcess {
  /**
   * Starts it, again where it ends before it serves, as whoever looks after processes does, and waits until it says that it
   * serves. Throws with the end of what it said when it has ended so `STARTS` times.
   */
  start(): Promise<void>;
  kill9(): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

export interface OurProcessOptions {
  file: string;
  /** What it logs once it serves. */
  says: string;
  env: Record<string, string>;
  log: string;
  /** More of what node is given. */
  node?: string[];
}

export function ourProcess({ file, says, env, log, node = [] }: OurProcessOptions): OurProcess {
  let child: ChildProcess | null = null;
  const parent = ['--import', './test/harness/die-with-parent.mjs'];
  const startOnce = async (): Promise<void> => {
    const { PATH = '', HOME = '' } = process.env;
    const started = spawn(process.execPath, ['--import', 'tsx', ...parent, ...node, file], {
      cwd: ROOT,
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const kept = createWriteStream(log, { flags: 'a' });
    let said = '';
    await new Promise<void>((serves, failed) => {
      for (const output of [started.stdout, started.stderr])
        output.on('data', (chunk: Buffer) => {
          kept.write(chunk);
          said = (said + chunk.toString()).slice(-4_000);
          if (said.includes(says)) serves();
        });
      started.once('exit', () => failed(new Error(`${file} ended:\n${said}`)));
    });
  };
  return {
    async start() {
      for (let nr = 1; nr < STARTS; nr += 1) {
        try {
          return await startOnce();
        } catch {
          // It has said why in its log.
        }
      }
      await startOnce();
    },
    async kill9() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    signal: (signal) => void child?.kill(signal),
  };
}
