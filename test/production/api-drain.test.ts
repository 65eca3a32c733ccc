import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { incidentOf, report, REPORT, type Accepted } from '../harness/incident.ts';
import { needGround } from '../harness/ground.ts';
import { startProduction, type Production } from '../harness/production.ts';
import { until } from '../harness/until.ts';

/** One of two APIs is told to stop while a report is still coming in and somebody listens to events. */
let system: Production;
beforeAll(async () => {
  system = await startProduction(needGround());
});
beforeEach(() => system.service('api-1').start());
afterAll(() => system?.leave());

const BODY = Buffer.from(JSON.stringify(REPORT));
const HALF = Math.floor(BODY.length / 2);
const authorization = (): string => `Bearer ${system.apiKey}`;

/** A report to the first API, half of it sent and read. */
async function halfAReport(): Promise<ClientRequest> {
  const sending = request(new URL('/api/incidents', system.at('api-1')), {
    method: 'POST',
    headers: {
      authorization: authorization(),
      'content-type': 'application/json',
      'content-length': BODY.length,
      expect: '100-continue',
    },
  });
  sending.flushHeaders();
  await once(sending, 'continue'); // the API has begun with it
  sending.write(BODY.subarray(0, HALF));
  return sending;
}

/** Somebody who listens to the first API. */
async function listen(): Promise<IncomingMessage> {
  const asking = request(new URL('/api/events', system.at('api-1')), {
    headers: { authorization: authorization(), accept: 'text/event-stream' },
  }).end();
  const [stream] = (await once(asking, 'response')) as [IncomingMessage];
  await once(stream, 'data');
  return stream;
}

const takesConnections = (): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(Number(new URL(system.at('api-1')).port), '127.0.0.1')
      .once('connect', () => done(!socket.destroy().connecting))
      .once('error', () => done(false));
  });

test('told to stop, an API takes no more, ends its streams, answers what has begun, and goes', async () => {
  const sending = await halfAReport();
  const stream = await listen();
  const streamEnds = once(stream.resume(), 'end');
  const { hold, kill, ended } = system.service('api-1');
  hold();
  kill('SIGTERM');
  await streamEnds;
  await until('it takes no more', async () => !(await takesConnections()));
  await report(system); // the proxy asks the other one

  const answered = once(sending, 'response');
  sending.end(BODY.subarray(HALF));
  const [answer] = (await answered) as [IncomingMessage];
  expect(answer.statusCode).toBe(201);
  const { id } = JSON.parse((await answer.toArray()).join('')) as Accepted;
  expect(await ended()).toBe(0);
  await incidentOf(system, id).when('it is in the register', ({ status }) => status === 'open');
});

test('ended at once instead, it breaks off both', async () => {
  const sending = await halfAReport();
  const stream = await listen();
  const breaks = Promise.all([once(sending, 'error'), once(stream.resume(), 'error')]);
  const { hold, kill } = system.service('api-1');
  hold();
  kill('SIGKILL');
  expect((await breaks).flat()).toMatchObject([{ code: 'ECONNRESET' }, { code: 'ECONNRESET' }]);
  await report(system);
});
