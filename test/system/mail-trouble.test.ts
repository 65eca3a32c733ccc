import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { IncidentDetailBody } from '../../src/api/schemas.ts';
import { parseKeyring } from '../../src/crypto/keyring.ts';
import { attemptsOf } from '../../src/store/deliveries.ts';
import { openRegister } from '../../src/store/open.ts';
import { allSettled, entriesOf, report, stageOf, type LiveIncident } from '../harness/incident.ts';
import { addressOf, noticeIn, type MailedNotice } from '../harness/mail.ts';
import { LONG_PLAN, startSystem, type System } from '../harness/system.ts';
import { until } from '../harness/until.ts';

/** A mail server that is away, hangs, refuses or defers. On the long plan: nobody is told because a limit ran out. */
jest.setTimeout(240_000);

let system: System;
/** How the next recipients are answered, by address; taken away once it was asked. */
const answers = new Map<string, (number | Promise<void>)[]>();
beforeAll(async () => {
  system = await startSystem({
    plan: LONG_PLAN,
    onRcpt: (address) => answers.get(address)?.shift(),
  });
});
afterAll(() => system?.leave());

/** The nine notices with which a risk sign begins, that of the first response among them, each once, and nothing else. */
async function expectToldOnce(incident: LiveIncident): Promise<IncidentDetailBody> {
  const detail = await incident.when('everybody is told', allSettled);
  const sent = entriesOf(detail, 'messageSent').map(({ data }) => data.key);
  expect(sent).toHaveLength(9);
  const arrived = incident.mails().map((mail) => noticeIn(mail).key as unknown);
  expect(arrived.sort()).toEqual(sent.sort());
  return detail;
}

const settledOf = (detail: IncidentDetailBody, { key }: MailedNotice) =>
  entriesOf(detail, 'messageSettled').find(({ data }) => data.key === key)?.data;

let deferred: MailedNotice;
let refused: string;

test('no mail server when the report comes: it is taken, and once the server is back every notice arrives once', async () => {
  await system.smtp.stop();
  const incident = await report(system);
  const { status, body } = await system.get<{ mail: string; status: string }>('/readyz');
  expect([status, body.status, body.mail]).toEqual([503, 'degraded', 'down']);
  await until('a send has failed', async () => system.logs().includes('SendFailed'));
  await system.smtp.start();
  const detail = await expectToldOnce(incident);
  expect(entriesOf(detail, 'messageSettled').some(({ data }) => Number(data.attempts) > 1)).toBe(true);
});

test('a server that does not greet: given up in time, tried again, told once', async () => {
  system.smtp.hang(true);
  await system.smtp.stop(); // a connection that was greeted before would be used on
  await system.smtp.start();
  const incident = await report(system);
  await until('the mail server is known to be down', async () => {
    return (await system.get<{ mail: string }>('/readyz')).body.mail === 'down';
  });
  system.smtp.hang(false);
  await expectToldOnce(incident);
});

test('a server that hangs in mid-conversation: given up before the activity is, so that nobody is told twice', async () => {
  let goOn!: () => void;
  const hangs = new Promise<void>((resolve) => (goOn = resolve));
  answers.set(addressOf('leading-1'), [hangs]);
  const isTried = () => system.smtp.nextAttempt((address) => address === addressOf('leading-1'));
  const first = isTried();
  const incident = await report(system);
  await first;
  await isTried();
  goOn();
  await expectToldOnce(incident);
});

test('a recipient refused for good: the next in line is told at once, and the refusal is on record', async () => {
  answers.set(addressOf('leading-1'), [550]);
  const incident = await report(system);
  const mail = await incident.mail({ person: 'leading-2' });
  expect(noticeIn(mail)).toMatchObject({
    stageId: '1.reportLeadingGroup',
    line: 'leadingGroupOffice',
    rung: 1,
  });
  const detail = await incident.when('everybody is told', (d) => allSettled(d) && toldOf(d).length === 3);
  expect(toldOf(detail).slice(1)).toMatchObject([
    {
      person: 'leading-1',
      result: 'refused',
      code: 'SMTP_550',
      refusedAt: expect.any(String),
      acceptedAt: null,
    },
    { person: 'leading-2', result: 'accepted', kind: 'unconfirmed' },
  ]);
  refused = noticeIn(mail).key.replace(/1\/0$/, '0/0');
});

const toldOf = (detail: IncidentDetailBody) => stageOf(detail, '1.reportLeadingGroup')!.told;

test('a recipient deferred twice is tried again and told once', async () => {
  answers.set(addressOf('leading-1'), [451, 451]);
  const incident = await report(system);
  deferred = noticeIn(await incident.mail({ person: 'leading-1' }));
  const detail = await expectToldOnce(incident);
  expect(settledOf(detail, deferred)).toMatchObject({ result: 'accepted', person: 'leading-1', attempts: 3 });
});

test('every single try is on record with its code', async () => {
  await system.stop();
  const keyring = parseKeyring(await readFile(join(system.dataDir, 'keys'), 'utf8'));
  const register = await openRegister({
    databaseUrl: system.databaseUrl ?? undefined,
    dataDir: system.dataDir,
    keyring,
  });
  const triesOf = async (key: string) =>
    (await attemptsOf(register, key as MailedNotice['key'])).map(
      ({ attempt, person, result, code }) => `${attempt} ${person} ${result} ${code}`,
    );
  expect(await triesOf(deferred.key)).toEqual([
    '1 leading-1 failed SMTP_451',
    '2 leading-1 failed SMTP_451',
    '3 leading-1 accepted SMTP_250',
  ]);
  expect(await triesOf(refused)).toEqual(['1 leading-1 refused SMTP_550']);
  await register.close();
});
