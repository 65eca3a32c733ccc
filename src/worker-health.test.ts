import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestApi, type TestApi } from './api/testing.ts';
import { serveWorkerHealth, type WorkerHealth } from './worker-health.ts';

let api: TestApi;
const served: WorkerHealth[] = [];
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(async () => {
  for (const health of served) await health.close();
  await api.close();
});

/** What a worker that runs answers at `/readyz`, where Temporal refuses everything. */
async function readiness(version: string | null, isReused: boolean): Promise<unknown> {
  const health = await serveWorkerHealth(api.deps, {
    host: '127.0.0.1',
    port: 0,
    version,
    state: () => 'running',
    isReused: () => isReused,
  });
  served.push(health);
  return (await fetch(`http://127.0.0.1:${health.port}/readyz`)).json();
}

test("a worker whose name is another code's says so with what to do, also while Temporal is away", async () => {
  const answers = { worker: 'running', temporal: 'down', register: 'ok' };
  expect(await readiness('fenghuo:0.1.0', true)).toEqual({
    ...answers,
    version: 'fenghuo:0.1.0',
    problems: [{ code: 'BUILD_NAME_REUSED', advice: expect.stringContaining('WORKER_BUILD_ID') }],
  });
  expect(await readiness('fenghuo:0.1.0', false)).toEqual({ ...answers, version: 'fenghuo:0.1.0' });
  expect(await readiness(null, false)).toEqual(answers);
});
