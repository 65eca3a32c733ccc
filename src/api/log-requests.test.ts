import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildApp } from './app.ts';
import { openTestApi, testIncident, type TestApi } from './testing.ts';

const SECRET = '情况记号䶮壹';

const lines: string[] = [];
const kept = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(...chunk.toString().trim().split('\n'));
    done();
  },
});
const log = pino({ level: 'debug' }, kept);

let api: TestApi;
let app: FastifyInstance;
beforeAll(async () => {
  api = await openTestApi();
  app = await buildApp({ ...api.deps, log });
});
afterAll(async () => {
  await app?.close();
  await api?.close();
});

const asked = (url: string, payload?: object) =>
  app.inject({
    method: payload ? 'POST' : 'GET',
    url,
    headers: { authorization: `Bearer ${api.key}`, 'x-reason': encodeURIComponent(SECRET) },
    ...(payload ? { payload } : {}),
  });

const requests = () =>
  lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'request')
    .map(({ reqId, level, method, route, status, incident }) => ({
      hasId: typeof reqId === 'string',
      level,
      method,
      route,
      status,
      ...(incident ? { incident } : {}),
    }));

test('each request is a line with route, status and incident, and without anything that was sent', async () => {
  const { id } = await testIncident(api.register, 'jia', 3);
  const query = encodeURIComponent(SECRET);
  await asked(`/api/board?q=${query}`);
  await asked(`/api/incidents/${id}`);
  await asked(`/api/incidents/${query}`);
  await asked(`/r/${query}.e30.${query}`);
  await asked('/api/incidents', { office: SECRET, situation: SECRET });
  await asked(`/${query}`);
  expect(requests()).toEqual([
    { hasId: true, level: 20, method: 'GET', route: '/api/board', status: 200 },
    { hasId: true, level: 20, method: 'GET', route: '/api/incidents/:id', status: 200, incident: id },
    { hasId: true, level: 30, method: 'GET', route: '/api/incidents/:id', status: 422 },
    expect.objectContaining({ route: '/r/:token' }),
    { hasId: true, level: 30, method: 'POST', route: '/api/incidents', status: 422 },
    expect.objectContaining({ route: 'none', status: 404 }),
  ]);

  // The search sees what it looks for, in the forms in which a log could hold it.
  const found = (text: string) => [SECRET, query].some((form) => text.includes(form));
  log.info({ planted: SECRET }, 'planted');
  log.info({ url: `/x?q=${query}` }, 'planted');
  expect(lines.filter(found)).toHaveLength(2);
  expect(lines.filter((line) => found(line) && !line.includes('planted'))).toEqual([]);
  expect(lines.join('\n')).not.toContain(api.key);
});
