import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { expectToldOnce } from '../harness/after-kill.ts';
import { allSettled, entriesOf, report, type LiveIncident } from '../harness/incident.ts';
import { createHttp } from '../harness/http.ts';
import { needGround } from '../harness/ground.ts';
import { startProduction, type Production } from '../harness/production.ts';
import { until } from '../harness/until.ts';
import { whoWorksOn } from '../harness/who-works.ts';

/**
 * One of two workers is told to stop while it has messages under way. The second test is the first without draining: the same worker ends
 * at once, and the same messages are tried again.
 */
let system: Production;
let release: () => void = () => undefined;
let held: Promise<void> | undefined;
beforeAll(async () => {
  system = await startProduction(needGround(), { onRcpt: () => held });
});
afterEach(() => release());
afterAll(() => system?.leave());

/** From now on the mail server says neither yes nor no, to anybody, until it is released. */
function holdAnswers(): void {
  held = new Promise((resolve) => {
    release = () => {
      held = undefined;
      resolve();
    };
  });
}

/** Attempts that the mail server never took: each is a connection that was cut in the middle. */
const brokenOff = (): number => system.smtp.attempts.length - system.smtp.messages.length;

async function reportWithMailUnderWay(): Promise<LiveIncident> {
  holdAnswers();
  const tried = system.smtp.nextAttempt();
  const incident = await report(system);
  await tried;
  return incident;
}

const attemptsOf = async (incident: LiveIncident): Promise<unknown[]> => {
  const detail = await incident.when('everybody is told', allSettled);
  return entriesOf(detail, 'messageSettled').map(({ data }) => data.attempts);
};

test('told to stop, a worker takes no more and finishes what it has: nothing is lost, nothing sent twice', async () => {
  const incident = await reportWithMailUnderWay();
  const [leaving, staying] = await whoWorksOn(system, incident.id);
  const { hold, kill, ended } = system.service(leaving);
  hold();
  kill('SIGTERM');
  const health = createHttp(system.at(leaving), null);
  await until('it says that it drains', async () => {
    const { status, body } = await health.get<{ worker: string }>('/readyz');
    return status === 503 && body.worker === 'draining';
  });
  expect((await health.get('/healthz')).status).toBe(200); // alive: nobody is to kill it

  release();
  expect(await ended()).toBe(0);
  expect(await attemptsOf(incident)).not.toContain(2);
  expect(brokenOff()).toBe(0);
  expect((await createHttp(system.at(staying), null).get('/readyz')).status).toBe(200);

  // The other one goes on with everything, what is due in seconds and what is new.
  await incident.mail({ person: 'township-jia-2' });
  expect(await attemptsOf(await report(system))).not.toContain(2);
  expectToldOnce(incident, await incident.close());
  await system.service(leaving).start();
});

test('ended at once instead, it leaves the same messages to be sent again', async () => {
  const incident = await reportWithMailUnderWay();
  const [leaving] = await whoWorksOn(system, incident.id);
  const { hold, kill, ended } = system.service(leaving);
  hold();
  kill('SIGKILL');
  expect(await ended()).toBe('SIGKILL');
  release();
  expect(await attemptsOf(incident)).toContain(2);
  expect(brokenOff()).toBeGreaterThan(0);
  await incident.close();
});
