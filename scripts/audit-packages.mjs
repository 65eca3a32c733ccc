import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

/**
 * `npm run audit:packages`: the licences of all packages that are handed on, and what the registry knows against them. Ends with 1
 * where something high or critical is known, with 2 where the registry does not say.
 */
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const handedOn = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
const licences = new Map();
for (const [, { license = 'said in a file of its own' }] of handedOn)
  licences.set(license, (licences.get(license) ?? 0) + 1);
console.log(`${handedOn.length} packages are handed on. Their licences:`);
for (const [licence, number] of [...licences].toSorted((a, b) => b[1] - a[1]))
  console.log(`${String(number).padStart(5)}  ${licence}`);

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: root, encoding: 'utf8' });
const { metadata, vulnerabilities = {}, message } = read(stdout);
if (!metadata) {
  console.log(`The registry does not say what is known against them: ${message}`);
  process.exit(2);
}
for (const [name, { severity, range, fixAvailable }] of Object.entries(vulnerabilities))
  console.log(`${severity}: ${name} ${range}${fixAvailable ? ', a fix is there' : ''}`);
const { high, critical, total } = metadata.vulnerabilities;
console.log(`Known against them: ${total}, of these ${high} high and ${critical} critical.`);
process.exit(high + critical > 0 ? 1 : 0);

function read(json) {
  try {
    return JSON.parse(json);
  } catch {
    return { message: 'npm audit gave no answer' };
  }
}
