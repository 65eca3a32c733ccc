import { execFile, spawn } from 'node:child_process';
import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../src/temporal/cache-folder.ts';

const run = promisify(execFile);
const VERSION = '4.32.5';

/** The command: `FENGHUO_SCHEMATHESIS`, the copy in the cache folder, or made there with Python's own tools. */
export async function provideSchemathesis(named = process.env.FENGHUO_SCHEMATHESIS): Promise<string> {
  if (named) return named;
  const kept = join(cacheFolder(), 'schemathesis', VERSION);
  const command = join(kept, 'bin', 'schemathesis');
  const isThere = await access(command).then(
    () => true,
    () => false,
  );
  if (isThere) return command;
  await mkdir(kept, { recursive: true });
  try {
    await run('python3', ['-m', 'venv', kept]);
    // The command is what pip writes last: where it is, the rest is.
    await run(join(kept, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`]);
    return command;
  } catch (error) {
    await rm(kept, { recursive: true, force: true });
    throw new Error(
      `schemathesis ${VERSION} could not be installed: ${(error as Error).message.split('\n')[0]}\n` +
        'Install Python 3.10 or later with venv and pip, or name the command in FENGHUO_SCHEMATHESIS.',
      { cause: error },
    );
  }
}

/** Runs it in `cwd`, where it keeps what it found, with its output in the open. Gives its exit code. */
export function runSchemathesis(
  command: string,
  args: string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<number> {
  const child = spawn(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((done, failed) => child.once('error', failed).once('exit', (code) => done(code ?? 1)));
}
