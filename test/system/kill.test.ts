import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { expectOnTime, expectToldOnce } from '../harness/after-kill.ts';
import { allSettled, entriesOf, report, stageOf, type LiveIncident } from '../harness/incident.ts';
import { addressOf, noticeIn } from '../harness/mail.ts';
import { startSystem, type System } from '../harness/system.ts';

/**
 * kill -9 of the process that is API and worker, at the worst moments. Each test fails when what it is about is taken away:
 * the first without `stickyQueueScheduleToStartTimeout`, the last two without the message's key in the delivery log.
 */
jest.setTimeout(240_000);

const LEADING = addressOf('leading-1');
let system: System;
/** Who is answered "not now", or held until the promise says otherwise. */
let answer: (address: string) => number | void | Promise<void> = () => undefined;
beforeAll(async () => {
  system = await startSystem({ onRcpt: (address) => answer(address) });
});
afterAll(() => system?.leave());

/** The second of the township group is told and nothing is under way: in less than three seconds the next in line is due. */
async function untilNextIsDue(incident: LiveIncident): Promise<void> {
  const { key } = noticeIn(await incident.mail({ person: 'township-jia-2' }));
  await incident.when('nothing is under way', (detail) => {
    return allSettled(detail) && entriesOf(detail, 'messageSettled').some(({ data }) => data.key === key);
  });
}

const expectAuditHolds = async () =>
  expect((await system.post('/api/audit')).body).toMatchObject({ problems: [] });
const attemptAtLeading = () => system.smtp.nextAttempt((address) => address === LEADING);

test('killed in mid-incident: a deadline that fell into the outage fires once work goes on, and later ones on time', async () => {
  const incident = await report(system);
  await untilNextIsDue(incident);
  await system.kill9();
  await system.restart();
  expect(system.logs()).toContain('had survived, taken over');
  await incident.mail({ person: 'township-jia-leader' });
  await incident.mail({ person: 'deputy-1' });
  const detail = await incident.close();
  expectOnTime(detail, system.readyAt);
  expectToldOnce(incident, detail);
  await expectAuditHolds();
});

test('a power cut, Temporal killed with the rest: everything goes on where it was', async () => {
  const incident = await report(system);
  await untilNextIsDue(incident);
  system.signalTemporal('SIGKILL');
  await system.kill9();
  await system.restart();
  await incident.mail({ person: 'township-jia-leader' });
  await incident.mail({ person: 'deputy-1' });
  const detail = await incident.close();
  expectOnTime(detail, system.readyAt);
  expectToldOnce(incident, detail);
  await expectAuditHolds();
});

test('killed during a switch with a message in back-off: it arrives once, and so does all that the new branch tells', async () => {
  answer = (address) => (address === LEADING ? 451 : undefined);
  const tried = attemptAtLeading();
  const incident = await report(system);
  await tried;
  const isLeading = ({ person }: { person: string | null }) => person === null || person === 'leading-1';
  await incident.when('all but one are told', ({ branches }) =>
    branches[0]!.stages
      .flatMap(({ told }) => told)
      .every((told) => told.acceptedAt !== null || isLeading(told)),
  );
  answer = () => 451; // nobody is told anything between the switch and the kill
  expect(await incident.switchTo('violentAct')).toMatchObject({ status: 200, body: { entry: 2 } });
  await system.kill9();
  answer = () => undefined;
  await system.restart();

  const late = await incident.mail({ person: 'leading-1', stageId: '1.reportLeadingGroup' });
  expect(late.text).toContain('事件已转入新的处置环节');
  for (const stage of ['policeCall', 'reportTownship', 'reportLeadingGroup', 'departure', 'cooperation'])
    await incident.mail({ person: 'jia-1', stageId: `2.${stage}` });
  await incident.mail({ person: 'police-jia-1', stageId: '2.policeCall' });
  const detail = await incident.when('everybody is told', (d) => d.branches.length === 2 && allSettled(d));
  expect(stageOf(detail, '1.reportLeadingGroup')).toMatchObject({ outcome: 'superseded' });
  expectToldOnce(incident, await incident.close());
  await expectAuditHolds();
});

test("killed between the mail server's yes and Temporal's knowledge of it: nobody is told again", async () => {
  const release = holdAnswer();
  const tried = attemptAtLeading();
  const incident = await report(system);
  await tried;
  system.signalTemporal('SIGSTOP');
  release();
  const mail = await incident.mail({ person: 'leading-1' });
  await system.get('/readyz'); // waits two seconds for Temporal: by then the register has the server's yes
  await system.kill9();
  system.signalTemporal('SIGCONT');
  await system.restart();
  const detail = await incident.when('the record has caught up', allSettled);
  expect(
    entriesOf(detail, 'messageSettled').find(({ data }) => data.key === noticeIn(mail).key)!.data,
  ).toMatchObject({
    result: 'accepted',
    person: 'leading-1',
    attempts: 1,
  });
  expectToldOnce(incident, await incident.close());
  await expectAuditHolds();
});

test('a message under way when its branch is left is told once, by the run that had it or the next', async () => {
  const release = holdAnswer();
  const tried = attemptAtLeading();
  const incident = await report(system);
  await tried;
  expect(await incident.switchTo('violentAct')).toMatchObject({ status: 200 });
  // The next run sends at once all that is left, and what is new: the new has arrived before the old is let go.
  await incident.mail({ person: 'leading-1', stageId: '2.reportLeadingGroup' });
  release();
  await incident.mail({ person: 'leading-1', stageId: '1.reportLeadingGroup' });
  await incident.when('everybody is told', (d) => d.branches.length === 2 && allSettled(d));
  expectToldOnce(incident, await incident.close());
});

test('the command line agrees that every timeline holds', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'audit'], {
    env: { PATH: process.env.PATH, FENGHUO_DATA: system.dataDir, PORT: new URL(system.url).port },
  });
  expect(stdout).toMatch(/^5 incidents, \d+ entries, 0 problems$/m);
});

/** Holds the first answer to leading-1 until it is released; all others are given at once. */
function holdAnswer(): () => void {
  let release!: () => void;
  let held: Promise<void> | undefined = new Promise((resolve) => (release = resolve));
  answer = (address) => {
    if (address !== LEADING) return undefined;
    const first = held;
    held = undefined;
    return first;
  };
  return release;
}
