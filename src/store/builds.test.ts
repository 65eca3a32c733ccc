import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { noteBuild, reusedBuilds, type BuildName } from './builds.ts';
import type { Register } from './open.ts';
import { openTestRegister } from './testing.ts';

const build = (buildId: string): BuildName => ({ deploymentName: 'fenghuo', buildId });

let register: Register;
beforeEach(async () => {
  register = await openTestRegister();
});
afterEach(() => register.close());

test('the first code under a name keeps it, and another is told the first one and since when', async () => {
  expect(await noteBuild(register, build('0.1.0'), 'first')).toBeNull();
  expect(await noteBuild(register, build('0.1.0'), 'first')).toBeNull();
  expect(await reusedBuilds(register)).toEqual([]);
  for (const other of ['second', 'third'])
    expect(await noteBuild(register, build('0.1.0'), other)).toEqual({
      code: 'first',
      firstSeenAt: expect.stringMatching(/Z$/),
    });
  expect(await noteBuild(register, build('0.1.0'), 'first')).toBeNull();
});

test("the same code may have many names, and a name is its deployment's", async () => {
  expect(await noteBuild(register, build('0.1.0'), 'first')).toBeNull();
  expect(await noteBuild(register, build('0.2.0'), 'first')).toBeNull();
  expect(await noteBuild(register, { ...build('0.1.0'), deploymentName: 'other' }, 'second')).toBeNull();
  expect(await reusedBuilds(register)).toEqual([]);
});

test('a name counts as used again for as long as a worker says that it runs other code', async () => {
  for (const buildId of ['0.1.0', '0.2.0']) await noteBuild(register, build(buildId), 'first');
  await noteBuild(register, build('0.1.0'), 'second');
  expect(await reusedBuilds(register)).toEqual([build('0.1.0')]);
  // A worker of the first code says nothing about the other one.
  await noteBuild(register, build('0.1.0'), 'first');
  expect(await reusedBuilds(register)).toEqual([build('0.1.0')]);
  await age('4 minutes');
  expect(await reusedBuilds(register)).toEqual([]);
  await noteBuild(register, build('0.1.0'), 'second');
  expect(await reusedBuilds(register)).toEqual([build('0.1.0')]);
});

/** Has what was said be said so much earlier. */
const age = (by: string) =>
  register.db.execute(sql`update build set other_seen_at = other_seen_at - ${by}::interval`);
