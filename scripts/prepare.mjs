import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Makes a bare checkout able to run: checks Node, installs the packages when they are not those of package-lock.json.
 * Ends the process with a message when that cannot be done. Uses nothing but Node itself, in words that an old one reads.
 */
export async function prepare({ development = false } = {}) {
  checkNode(process.versions.node);
  if (isInstalled(development)) return;
  console.log('Installing the packages of package-lock.json …');
  // What a broken-off installation left may be half a package.
  rmSync(join(root, 'node_modules'), { recursive: true, force: true });
  // As `npm ci`, which refuses a lock without the builds of optional packages for every machine: npm leaves out
  // those that the registry asked did not have.
  const code = await npm(['install', '--no-save', ...(development ? ['--include=dev'] : [])]);
  if (code === 0) return;
  console.error(`npm ended with ${code}: see its message above, put it right and start again.`);
  process.exit(1);
}

function checkNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Fenghuo needs Node 20.19 or later; this is ${version}. Install one from https://nodejs.org and start again.`,
  );
  process.exit(1);
}

/**
 * Whether what npm says it installed is what the lock names. npm writes its own record last, so an installation
 * that was broken off has none.
 */
function isInstalled(development) {
  if (!existsSync(join(root, 'package-lock.json'))) return true; // installed as a package itself
  const wanted = packagesIn('package-lock.json');
  const have = packagesIn(join('node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, { version, dev, optional, peer, link }]) => {
    if (path === '' || link) return true;
    if (have[path]) return have[path].version === version && existsSync(join(root, path));
    // Not everything optional is for this machine, and what only development needs may have been left out.
    return Boolean(optional || peer || (dev && !development));
  });
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

function npm(args) {
  return new Promise((done) => {
    const child = spawn('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
    child.once('error', (error) => done(error.message)).once('exit', (code, signal) => done(code ?? signal));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await prepare({ development: true });
