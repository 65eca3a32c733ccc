import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { keepBuild, type KeptBuild } from './keep-build.ts';
import { reusedBuilds } from './store/builds.ts';
import type { Register } from './store/open.ts';
import { openTestRegister } from './store/testing.ts';

const VERSION = { deploymentName: 'fenghuo', buildId: '0.1.0' };

/** A bundle of one source, as webpack writes it. */
function bundleOf(source: string) {
  const map = JSON.stringify({ sources: ['/fenghuo/src/workflows/index.ts'], sourcesContent: [source] });
  const encoded = Buffer.from(map).toString('base64');
  return { code: `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${encoded}` };
}

let register: Register;
let running: KeptBuild[];
beforeEach(async () => {
  register = await openTestRegister();
  running = [];
});
afterEach(async () => {
  for (const worker of running) worker.stop();
  await register.close();
});

/** A worker that runs these sources, and has noted them; `said` is what it logs. */
async function startWorker(source: string) {
  const said: string[] = [];
  const note = (fields: { code?: string }, message?: string) =>
    void said.push(`${fields.code ?? ''} ${message}`);
  const worker = keepBuild(register, {
    version: VERSION,
    bundle: Promise.resolve(bundleOf(source)),
    log: { error: note, warn: note },
  });
  running.push(worker);
  await worker.note();
  return { ...worker, said };
}

test('workers of one code say nothing; one of other code under the name says it once, with what to do', async () => {
  for (const source of ['first', 'first']) {
    const { said, isReused } = await startWorker(source);
    expect([said, isReused()]).toEqual([[], false]);
  }
  const other = await startWorker('other');
  await other.note();
  expect(other.said).toEqual([expect.stringMatching(/^BUILD_NAME_REUSED .*WORKER_BUILD_ID/)]);
  expect(other.isReused()).toBe(true);
  expect(await reusedBuilds(register)).toEqual([VERSION]);
  expect((await startWorker('first')).isReused()).toBe(false);
});

test('while the register is away a worker goes on, says so once, and notes its code when it is back', async () => {
  await startWorker('first');
  await register.db.execute(sql`alter table build rename to away`);
  const other = await startWorker('other');
  await other.note();
  expect(other.said).toEqual([expect.stringContaining('not noted')]);
  expect(other.isReused()).toBe(false);
  await register.db.execute(sql`alter table away rename to build`);
  await other.note();
  expect(other.isReused()).toBe(true);
  // What was known stands.
  await register.db.execute(sql`alter table build rename to away`);
  await other.note();
  expect(other.isReused()).toBe(true);
});
