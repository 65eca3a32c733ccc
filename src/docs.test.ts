import { existsSync, readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { expect, test } from '@jest/globals';

/** `docs/security.md`: nothing in it may point at a test that is not there. */
test('every test that the threats name is there, and every threat names one', () => {
  const text = readFileSync('docs/security.md', 'utf8');
  const links = [...text.matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g)].map(([, says, file]) => ({
    says: says!,
    file: normalize(`docs/${file!}`),
  }));
  const gone = links.filter(
    ({ says, file }) =>
      !existsSync(file) || ![`'${says}'`, `"${says}"`].some((it) => readFileSync(file, 'utf8').includes(it)),
  );
  expect(gone).toEqual([]);
  const threats = text.split('\n').filter((line) => /^\| (?!threat|---)/.test(line));
  expect(threats.length).toBeGreaterThan(25);
  expect(threats.filter((line) => !line.includes('.test.ts)') && !line.includes('npm run'))).toEqual([]);
});
