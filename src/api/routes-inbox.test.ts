import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { createInApp } from '../channels/in-app.ts';
import type { MessageKey } from '../incident/ids.ts';
import { putInInbox } from '../store/inbox.ts';
import type { Register } from '../store/open.ts';
import { openTestRegister } from '../store/testing.ts';
import type { ApiDeps } from './deps.ts';
import { answerErrors } from './errors.ts';
import { inboxRoutes } from './routes-inbox.ts';

let register: Register;
let app: FastifyInstance;
beforeAll(async () => {
  register = await openTestRegister();
  app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  await app.register(inboxRoutes({ register } as ApiDeps));
});
afterAll(async () => {
  await app.close();
  await register.close();
});

const messages = async (person: string, query = ''): Promise<{ key: string; readAt: string | null }[]> =>
  (await app.inject(`/api/people/${person}/messages${query}`)).json();

test('an in-app message lies before one person, once, until it is read', async () => {
  const inApp = createInApp(({ id, to, subject = '', text }) =>
    putInInbox(register, { person: to, key: id as MessageKey, subject, text }),
  );
  const message = { id: 'key-1', to: 'jia-1', subject: '【特急】报警', text: '请立即报警' };
  expect(await inApp.send(message)).toEqual({ code: 'IN_APP' });
  await inApp.send(message);
  expect(await messages('jia-1')).toMatchObject([{ key: 'key-1', text: '请立即报警', readAt: null }]);
  expect(await messages('yi-1')).toEqual([]);

  const read = (person: string) =>
    app.inject({ method: 'POST', url: `/api/people/${person}/messages/read`, payload: { key: 'key-1' } });
  expect((await read('yi-1')).json()).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
  expect((await read('jia-1')).statusCode).toBe(204);
  expect(await messages('jia-1')).toEqual([]);
  expect(await messages('jia-1', '?unread=false')).toMatchObject([{ readAt: expect.any(String) }]);
});
