import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { prepare, root } from './prepare.mjs';

const DIST = join(root, 'console/dist');
const MANIFEST = join(DIST, '.vite/manifest.json');

/** First load of the report page, gzip: it has to open on a bad line at night. */
const REPORT_LIMIT_KIB = 300;

/** Builds the console into console/dist, unless what is there is newer than all it is made of. */
export async function buildConsole({ evenIfFresh = false } = {}) {
  if (!evenIfFresh && isFresh()) return;
  await prepare({ development: true });
  const { build } = await import('vite');
  console.log('Building the console …');
  await build({ root: join(root, 'console'), logLevel: 'warn' });
}

function isFresh() {
  if (!existsSync(join(root, 'console/src'))) return true; // an image that brings the built one only
  if (!existsSync(MANIFEST)) return false;
  const built = statSync(MANIFEST).mtimeMs;
  const sources = readdirSync(join(root, 'console'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(DIST))
    .map((entry) => join(entry.parentPath, entry.name));
  return [...sources, join(root, 'package-lock.json')].every((file) => statSync(file).mtimeMs <= built);
}

/** Prints what each page loads, gzip, and answers whether the report page keeps to its limit. */
function measure() {
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
  const first = closure(manifest, [entry]);
  const report = kib(first);
  console.log(`report page, first load: ${report.toFixed(1)} KiB of script (limit ${REPORT_LIMIT_KIB})`);
  for (const [key, { isDynamicEntry }] of Object.entries(manifest)) {
    if (!isDynamicEntry) continue;
    const more = kib([...closure(manifest, [key])].filter((file) => !first.has(file)));
    console.log(`${key.replace(/^src\//, '')}: ${more.toFixed(1)} KiB more`);
  }
  return report <= REPORT_LIMIT_KIB;
}

/** The scripts that these need before they run. */
function closure(manifest, keys, files = new Set()) {
  for (const key of keys) {
    const { file, imports = [] } = manifest[key];
    if (files.has(file)) continue;
    files.add(file);
    closure(manifest, imports, files);
  }
  return files;
}

const kib = (files) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).length, 0) / 1024;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildConsole({ evenIfFresh: true });
  process.exitCode = measure() ? 0 : 1;
}
