import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

interface Locked {
  license?: string;
  dev?: boolean;
}

/** What allows use and change, with no more asked for than to name where it comes from. */
const ALLOWED =
  /^(MIT|MIT-0|Apache-2\.0|BSD-[23]-Clause|ISC|0BSD|BlueOak-1\.0\.0|Unlicense|Zlib|CC-BY-4\.0|CC0-1\.0)$/;
/** Used to build and test, and never handed on. */
const FOR_DEVELOPMENT = /^MPL-2\.0$/;
/** Their package says it in another file: `unionfs` is under the Unlicense, `only` (for tests) under MIT. */
const SAID_ELSEWHERE = ['node_modules/only', 'node_modules/unionfs'];

const packages = Object.entries(
  (JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }).packages,
).filter(([path]) => path !== '');

/** `(MIT OR GPL-3.0)` is ours to choose from, `(MIT AND Zlib)` asks for both. */
function isAllowed(licence: string, dev: boolean): boolean {
  const bare = licence.replace(/^\(|\)$/g, '');
  const one = (name: string): boolean => ALLOWED.test(name) || (dev && FOR_DEVELOPMENT.test(name));
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every(one));
}

test('every package has a licence that is allowed', () => {
  expect(packages.length).toBeGreaterThan(500);
  const others = packages.filter(([, { license, dev = false }]) => license && !isAllowed(license, dev));
  expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  const silent = packages.filter(([, { license }]) => !license).map(([path]) => path);
  expect(silent).toEqual(SAID_ELSEWHERE);
});
