import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Installs Debian's packages where this process may; whoever needs them looks afterwards whether they are there. */
export async function installPackages(names: string[], log: (line: string) => void): Promise<void> {
  if (process.getuid?.() !== 0) return;
  log(`Installing Debian’s ${names.join(', ')} for the tests …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env }).catch(() => undefined);
  await run('apt-get', ['install', '-y', '-qq', ...names], { env }).catch(() => undefined);
}
