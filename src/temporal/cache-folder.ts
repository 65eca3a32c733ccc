import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of this user in which what was fetched or built is kept between checkouts. */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: string = process.platform,
): string {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'fenghuo');
  const home = homedir();
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'fenghuo') : join(home, '.cache', 'fenghuo');
}

/**
 * Runs `act` with a folder of its own inside `parent`, on the same disk so that its result can be renamed into place,
 * and removes it afterwards, together with those that killed processes left.
 */
export async function inWorkFolder<T>(parent: string, act: (folder: string) => Promise<T>): Promise<T> {
  await removeLeft(parent);
  const folder = await mkdtemp(join(parent, `.work-${process.pid}-`));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeLeft(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^\.work-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
