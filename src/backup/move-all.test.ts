import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { moveAll } from './move-all.ts';

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'fenghuo-move-'));
});
afterAll(() => rm(place, { recursive: true, force: true }));

test('where one cannot be moved, those before it are moved back', async () => {
  const at = (name: string): string => join(place, name);
  await writeFile(at('state'), 'old');
  await writeFile(at('fresh'), 'new');
  const replacing = [
    { from: at('state'), to: at('aside') },
    { from: at('fresh'), to: at('state') },
  ];
  await expect(moveAll([...replacing, { from: at('nothing'), to: at('other') }])).rejects.toThrow('ENOENT');
  expect((await readdir(place)).sort()).toEqual(['fresh', 'state']);
  expect(await readFile(at('state'), 'utf8')).toBe('old');

  await moveAll(replacing);
  expect((await readdir(place)).sort()).toEqual(['aside', 'state']);
  expect(await readFile(at('state'), 'utf8')).toBe('new');
});
