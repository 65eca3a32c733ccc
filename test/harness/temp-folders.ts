import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** Makes new folders for the tests of a file, each named after what it is for; they are gone when the file is through. */
export function tempFolders(): (purpose: string) => string {
  const made: string[] = [];
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  return (purpose) => {
    const folder = mkdtempSync(join(tmpdir(), `fenghuo-${purpose}-`));
    made.push(folder);
    return folder;
  };
}
