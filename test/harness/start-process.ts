import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { toInstant, type Instant } from '../../src/incident/instant.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The line that says that API and worker run. */
const RUNS = 'runs. Ctrl-C stops it.';

/** `npm start` as a process of its own. */
export interface StartProcess {
  readonly pid: number;
  /** When it said that it runs. Rejects with all it said when it ends before. */
  readonly ready: Promise<Instant>;
  /** Its exit code, null when a signal ended it, and when it was gone. */
  readonly ended: Promise<{ code: number | null; at: Instant }>;
  /** All it has written to stdout and stderr. */
  said(): string;
  kill(signal: NodeJS.Signals): void;
  /** Stops reading what it says, as a closed terminal does. */
  turnAway(): void;
}

/** Runs src/start.ts with these settings and nothing else of the test's own environment. */
export function startProcess(settings: Record<string, string>): StartProcess {
  const { PATH = '', HOME = '', XDG_CACHE_HOME } = process.env;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--import', './test/harness/die-with-parent.mjs', 'src/start.ts'],
    {
      cwd: ROOT,
      env: { PATH, HOME, ...(XDG_CACHE_HOME ? { XDG_CACHE_HOME } : {}), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const chunks: Buffer[] = [];
  const said = (): string => Buffer.concat(chunks).toString();
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    at: toInstant(Date.now()),
  }));
  const ready = new Promise<Instant>((resolve, reject) => {
    for (const output of [child.stdout, child.stderr]) {
      output.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (said().includes(RUNS)) resolve(toInstant(Date.now()));
      });
    }
    child.once('error', reject);
    void ended.then(({ code }) => reject(new Error(`the start ended with ${code}:\n${said()}`)));
  });
  ready.catch(() => undefined); // whoever does not ask is not told
  return {
    pid: child.pid!,
    ready,
    ended,
    said,
    kill: (signal) => void child.kill(signal),
    turnAway() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

/** A start that is to be refused: its exit code and what it said. */
export async function refusedStart(
  settings: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const start = startProcess(settings);
  try {
    const runs = await Promise.race([
      start.ended.then(() => false),
      start.ready.then(
        () => true,
        () => false,
      ),
    ]);
    if (runs) throw new Error('the start was not refused');
    return { code: (await start.ended).code, said: start.said() };
  } finally {
    start.kill('SIGTERM');
    await start.ended;
  }
}
