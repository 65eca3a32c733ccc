import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { entriesOf, report } from '../harness/incident.ts';
import { expectOnTime, expectToldOnce } from '../harness/after-kill.ts';
import { toInstant } from '../../src/incident/instant.ts';
import { startSystem, type System } from '../harness/system.ts';
import { until } from '../harness/until.ts';

/** The embedded Temporal is killed in mid-incident: it is started again, and nothing is lost, late or said twice. */
jest.setTimeout(240_000);

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.leave());

test('kill -9 of Temporal in mid-incident: the next deadline fires, nobody is told twice', async () => {
  const incident = await report(system);
  await incident.mail({ person: 'township-jia-2' }); // in three seconds the next in line
  const killed = system.temporalPid();
  system.signalTemporal('SIGKILL');
  const backAt = await until('another Temporal serves, and the worker asks it for work', async () => {
    if (system.temporalPid() === killed) return null;
    return (await system.get('/readyz')).status === 200 && toInstant(Date.now());
  });
  await incident.mail({ person: 'township-jia-leader' });
  await incident.mail({ person: 'deputy-1' });
  expect(await incident.switchTo('violentAct')).toMatchObject({ status: 200, body: { entry: 2 } });
  await incident.mail({ person: 'police-jia-1' });
  const detail = await incident.close();
  expectOnTime(detail, backAt);
  expectToldOnce(incident, detail);
  expect(entriesOf(detail, 'incidentClosed')).toHaveLength(1);
  // A task handed out in the instant of the kill is handed out again after this, in every run: ten seconds by default.
  const starts = (await incident.history()).runs.map(({ events }) => events[0]!.attributes);
  expect(starts.map(({ workflowTaskTimeout }) => workflowTaskTimeout)).toEqual([
    { seconds: 3 },
    { seconds: 3 },
  ]);
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
  expect(system.logs()).toContain('Temporal ended (SIGKILL): starting it again');
});

test('nobody reads any more what the process says: it does not matter', async () => {
  system.turnAway();
  const killed = system.temporalPid();
  system.signalTemporal('SIGKILL'); // about which there is something to say
  await until('another Temporal serves', async () => {
    return system.temporalPid() !== killed && (await system.get('/readyz')).status === 200;
  });
  const incident = await report(system);
  await incident.mail({ person: 'jia-1' });
  await incident.close();
});
