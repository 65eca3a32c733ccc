import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Said } from './as-part.ts';

export interface Part<Ready> {
  ready: Ready;
  pid: number;
  /** Lets it close what it has open, and resolves when it has ended. */
  close(): Promise<void>;
}

export interface PartOptions<Seen> {
  /** Called with what the part sees. */
  onSeen?: (seen: Seen) => void;
  /** A folder for a CPU profile of the process. */
  profile?: string | undefined;
}

/**
 * Runs `file` of this folder as a process of its own, so that neither side shares an event loop with the other or with the
 * clock that measures them. Resolves when it says it is ready; throws with its reason when it cannot be.
 */
export async function startPart<SetUp extends object, Ready, Seen = never>(
  file: string,
  setUp: SetUp,
  { onSeen, profile }: PartOptions<Seen> = {},
): Promise<Part<Ready>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: [
      '--import',
      import.meta.resolve('tsx'),
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
    ],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const ready = new Promise<Ready>((resolve, reject) => {
    child.on('message', (said: Said<Ready, Seen>) => {
      if ('seen' in said) onSeen?.(said.seen);
      else if ('ready' in said) resolve(said.ready);
      else reject(new Error(`${file}: ${said.failed}`));
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`${file} ended (${signal ?? `exit code ${code}`})`)),
    );
  });
  child.send(setUp);
  return {
    ready: await ready,
    pid: child.pid!,
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
