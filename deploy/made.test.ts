import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { FROM_FILES, readConfig } from '../src/config.ts';
import { composePlace } from './compose-place.ts';
import { ROOT } from './native/place.ts';
import { topologyAt } from './topology.ts';
import { FENGHUO_IMAGE, NODE_IMAGE } from './versions.ts';
import { madeFiles } from './write-made.ts';

const run = promisify(execFile);
const inRoot = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

test.each(Object.keys(madeFiles()))('%s is what the description makes (node scripts/compose.mjs)', (path) => {
  expect(inRoot(path)).toBe(madeFiles()[path]);
});

const compose = ['docker-compose', 'docker'].find((name) => spawnSync(name, ['--version']).status === 0);
const withCompose = compose ? test : test.skip;

withCompose('docker-compose finds nothing to say about its file', async () => {
  const words = compose === 'docker' ? ['compose', 'config', '-q'] : ['config', '-q'];
  const { stdout, stderr } = await run(compose!, words, { cwd: ROOT });
  expect(stdout + stderr).toBe('');
});

test('every service has a pinned version, limits, a user that is not root, and files it cannot write', () => {
  for (const service of topologyAt(composePlace)) {
    expect(service.image).toMatch(/^[a-z]+(\/[a-z-]+)?:\d+\.\d+[\w.-]*$/);
    expect(service).toMatchObject({ memory: expect.any(String), cpus: expect.any(String) });
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(service.writes !== undefined).toBe(service.name === 'temporal-ui');
    if (!service.isJob && service.name !== 'temporal-ui') expect(service.health).toBeDefined();
  }
});

test('no secret stands in an environment, and each process is given those that it reads', () => {
  for (const { environment = {}, secrets = [] } of topologyAt(composePlace)) {
    for (const name of Object.keys(environment)) expect(FROM_FILES).not.toContain(name);
    const read = Object.values(environment).flatMap(
      (value) => /^\/run\/secrets\/(\w+)$/.exec(value)?.[1] ?? [],
    );
    for (const name of read) expect(secrets).toContain(name);
  }
});

test('what our processes are given are settings that they know', () => {
  const ours = topologyAt(composePlace).filter(
    ({ image, isDevOnly }) => image === FENGHUO_IMAGE && !isDevOnly,
  );
  expect(ours.map(({ name }) => name)).toEqual([
    'migrate',
    'worker-1',
    'worker-2',
    'worker-before',
    'rollout',
    'api-1',
    'api-2',
  ]);
  for (const { environment } of ours) {
    const plain = Object.entries(environment!).filter(([name]) => !name.endsWith('_FILE'));
    const settings = Object.fromEntries(
      plain.map(([name, value]) => [name, value.replace(/^\$\{\w+:-(.*)\}$/, '$1')]),
    );
    expect(readConfig(settings)).toMatchObject(
      Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]),
      ),
    );
  }
});

test('the image is built on the pinned version and runs as the user that the description names', () => {
  const dockerfile = inRoot('Dockerfile');
  expect(dockerfile).toContain(`ARG NODE_IMAGE=${NODE_IMAGE}\n`);
  const user = topologyAt(composePlace).find(({ image }) => image === FENGHUO_IMAGE)!.user;
  expect(dockerfile).toContain(`\nUSER ${user}\n`);
  expect(dockerfile).toContain('npm ci --omit=dev');
  expect(dockerfile).toContain(` ${composePlace.cache} `);
  expect(FENGHUO_IMAGE).toBe(
    `fenghuo:${(JSON.parse(inRoot('package.json')) as { version: string }).version}`,
  );
});
