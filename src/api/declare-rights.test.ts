import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { declareRights } from './declare-rights.ts';
import { openTestApi, type TestApi } from './testing.ts';

let api: TestApi;
beforeEach(async () => {
  api = await openTestApi();
}, 240_000);
afterEach(() => api.close());

test('the API starts: every route is declared, and every declared one is there', async () => {
  await expect(api.app.ready()).resolves.toBeDefined();
}, 240_000);

test('a route that nobody declared keeps it from starting, named', async () => {
  const app = await buildApp(api.deps);
  app.get('/api/undeclared', async () => 'anybody');
  app.post('/api/incidents/:id/undeclared', async () => 'anybody');
  await expect(app.ready()).rejects.toMatchObject({
    code: 'RIGHTS_INCOMPLETE',
    message: expect.stringMatching(
      /GET \/api\/undeclared is not declared.*POST \/api\/incidents\/:id\/undeclared is not declared/,
    ),
  });
}, 240_000);

test('so does a declared route that is not there, and one that says it is open against the table', async () => {
  const app: FastifyInstance = Fastify();
  declareRights(app);
  app.get('/api/offices', { config: { open: true } }, async () => []);
  const refused = await Promise.resolve(app.ready()).catch((error: Error) => error.message);
  expect(refused).toContain('GET /healthz is declared, and no route');
  expect(refused).toContain('GET /api/offices says it is open, and is declared signedIn');
});
