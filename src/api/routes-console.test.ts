import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { consoleRoutes } from './routes-console.ts';

let folder: string;
let app: FastifyInstance;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-console-'));
  app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(consoleRoutes(folder));
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const get = (url: string) => app.inject({ method: 'GET', url });

function build(): void {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<title>烽火</title>');
  writeFileSync(join(folder, 'assets', 'main-abc.js'), 'export {};');
  writeFileSync(join(folder, 'secret.json'), '{}');
}

test('every address of the console is the page itself, asked for anew each time', async () => {
  build();
  for (const url of ['/console/', '/console/board', '/console/incidents/1']) {
    const answer = await get(url);
    expect(answer.body).toContain('烽火');
    expect(answer.headers['cache-control']).toBe('no-cache');
  }
  expect((await get('/')).headers.location).toBe('/console/');
});

test('an asset is kept by browsers for good; one of an earlier build is 404, not the page', async () => {
  build();
  const answer = await get('/console/assets/main-abc.js');
  expect(answer.headers['content-type']).toMatch(/javascript/);
  expect(answer.headers['cache-control']).toContain('immutable');
  expect((await get('/console/assets/main-old.js')).statusCode).toBe(404);
});

test('nothing else is given out: no other file, none outside the folder', async () => {
  build();
  for (const url of [
    '/console/secret.json',
    '/console/..%2f..%2fetc%2fpasswd',
    '/console/assets/..%2fsecret.json',
  ]) {
    const { body } = await get(url);
    expect(body).not.toContain('{}');
    expect(body).not.toContain('root:');
  }
});

test('a console that was not built says so, and what to run', async () => {
  const answer = await get('/console/board');
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('npm run build');
});
