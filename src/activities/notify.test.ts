import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createEmail, type Email } from '../channels/email.ts';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { messageKey, type IncidentId, type StageId } from '../incident/ids.ts';
import type { Delivery, Notice } from '../incident/notice.ts';
import { loadOrganisation } from '../people/organisation.ts';
import type { Rotation } from '../people/roster-schema.ts';
import { attemptsOf } from '../store/deliveries.ts';
import type { Register } from '../store/open.ts';
import { openTestRegister } from '../store/testing.ts';
import { startSmtp, type Smtp } from '../../test/harness/smtp.ts';
import { createNotify } from './notify.ts';

/** One notice after the other through a real SMTP server and a real register. */
let smtp: Smtp;
let register: Register;
let email: Email;

beforeAll(async () => {
  [smtp, register] = await Promise.all([startSmtp(), openTestRegister()]);
  email = createEmail({ smtpUrl: smtp.url, from: 'fenghuo@example.invalid' });
});
afterAll(async () => {
  await email.close();
  await smtp.close();
  await register.close();
});

const organisation = loadOrganisation('plans/organisation.sample.yaml');
const keyring = parseKeyring(generateKey());

const send = (notice: Notice, on: Register = register, within = organisation): Promise<Delivery> => {
  const { send } = createNotify({
    organisation: within,
    register: on,
    channels: { email },
    keyring,
    publicUrl: 'http://test.invalid',
  });
  return new MockActivityEnvironment().run(send, notice);
};

function noticeTo(party: string, more: Partial<Notice> = {}): Notice {
  const place = {
    incidentId: randomUUID() as IncidentId,
    stageId: '1.policeCall' as StageId,
    opening: 1,
    line: party,
    rung: 0,
    repeat: 0,
  };
  return {
    key: messageKey(place),
    ...place,
    kind: 'duty',
    drill: false,
    party,
    partyName: party,
    contact: 1,
    outside: false,
    about: null,
    office: 'jia',
    holder: null,
    quiet: [],
    urgency: '特急',
    branchName: '正在实施',
    stageName: '报警',
    clause: '四（三）',
    source: 'plan',
    duty: '请立即报警',
    within: 'PT5M',
    dueAt: '2026-03-06T18:18:00.000Z',
    automatic: false,
    superseded: false,
    withdrawn: false,
    sentAt: '2026-03-06T18:13:00.000Z',
    linkExpiresAt: '2026-03-13T18:13:00.000Z',
    number: null,
    numberSeries: { prefix: 'YS', year: 2026, drill: false },
    ...more,
  };
}

const mailsTo = (address: string): number => smtp.messages.filter(({ to }) => to === address).length;
const addressOf = (person: string): string => organisation.people.find(({ id }) => id === person)!.email!;

test('the person on duty is told once, with the number, however often it is asked', async () => {
  const notice = noticeTo('judicialOffice');
  const first = await send(notice);
  expect(first).toEqual({
    result: 'accepted',
    person: 'jia-1',
    channel: 'email',
    code: 'SMTP_250',
    attempts: 1,
  });
  expect(await send(notice)).toEqual(first);
  expect(mailsTo(addressOf('jia-1'))).toBe(1);
  expect(smtp.messages.at(-1)!.text).toMatch(/YS-2026-\d{4}/);
});

test('who is on duty when the message is sent is told, and not who was when it was decided on', async () => {
  const turn = (from: string, until: string | undefined, person: string): Rotation => ({
    as: 'officer',
    shift: 'whole',
    every: 'day',
    from,
    until,
    turns: [[person]],
  });
  const roster = {
    shifts: { whole: { name: '全天', from: '00:00', to: '00:00' } },
    rotations: [turn('2019-01-01', '2019-12-31', 'jia-1'), turn('2020-01-01', undefined, 'jia-2')],
    dated: [],
    overrides: [],
    swaps: [],
  };
  const bodies = organisation.bodies.map((body) => (body.id === 'jia' ? { ...body, roster } : body));
  const notice = noticeTo('judicialOffice', { sentAt: '2019-12-31T15:59:00.000Z' });
  expect(await send(notice, register, { ...organisation, bodies })).toMatchObject({
    result: 'accepted',
    person: 'jia-2',
  });
});

test('a retry stays with the person of the first try, also when somebody else is on duty by then', async () => {
  const notice = noticeTo('leadingGroupOffice');
  smtp.answer(addressOf('leading-1'), 451);
  await expect(send(notice)).rejects.toThrow('SMTP_451');
  smtp.answer(addressOf('leading-1'), null);
  expect(await send({ ...notice, contact: 2 })).toMatchObject({
    result: 'accepted',
    person: 'leading-1',
    attempts: 2,
  });
  expect((await attemptsOf(register, notice.key)).map(({ result, code }) => [result, code])).toEqual([
    ['failed', 'SMTP_451'],
    ['accepted', 'SMTP_250'],
  ]);
});

test('a message that a workflow which was put back decides on anew goes out again, and as no repeat', async () => {
  const notice = noticeTo('judicialOffice');
  const idOf = (): string => smtp.messages.at(-1)!.messageId;
  await send(notice);
  const first = idOf();
  await send(notice);
  expect(idOf()).toBe(first);
  const before = smtp.messages.length;
  const anew = { ...notice, sentAt: '2026-03-06T19:13:00.000Z' };
  expect(await send(anew)).toMatchObject({ result: 'accepted', person: 'jia-1', attempts: 1 });
  await send(anew);
  expect(smtp.messages.length).toBe(before + 1);
  expect(idOf()).not.toBe(first);
});

test('refused for good is a result, and stays one', async () => {
  const notice = noticeTo('judicialOffice', { contact: 2 });
  smtp.answer(addressOf('jia-2'), 550);
  const refused = { result: 'refused', person: 'jia-2', channel: 'email', code: 'SMTP_550', attempts: 1 };
  expect(await send(notice)).toEqual(refused);
  smtp.answer(addressOf('jia-2'), null);
  expect(await send(notice)).toEqual(refused);
});

test('nobody at this step, somebody who is still responding, an outside party in a drill: nobody is written to', async () => {
  const before = smtp.messages.length;
  expect(await send(noticeTo('judicialOffice', { office: 'bing', contact: 2 }))).toMatchObject({
    result: 'noContact',
  });
  expect(await send(noticeTo('judicialOffice', { quiet: ['jia-1'], repeat: 1 }))).toMatchObject({
    result: 'quieted',
    person: 'jia-1',
  });
  expect(await send(noticeTo('policeStation', { drill: true, outside: true }))).toMatchObject({
    result: 'withheld',
  });
  expect(smtp.messages.length).toBe(before);
});

test('who took over is told instead of who is on duty', async () => {
  expect(await send(noticeTo('judicialOffice', { holder: 'jia-2' }))).toMatchObject({ person: 'jia-2' });
});

test('without a register the alarm goes out all the same, under a code instead of the number', async () => {
  const gone = await openTestRegister();
  await gone.close();
  const notice = noticeTo('townshipCommandGroup');
  expect(await send(notice, gone)).toMatchObject({ result: 'accepted', person: 'township-jia-1' });
  expect(smtp.messages.at(-1)!.text).toContain(notice.incidentId.slice(0, 8));
});

test('the register goes away between two steps of one party: the second contact is told, not the silent first again', async () => {
  const passing = await openTestRegister();
  const first = noticeTo('judicialOffice');
  expect(await send(first, passing)).toMatchObject({ person: 'jia-1' });
  await passing.close();
  const place = { ...first, kind: 'unconfirmed' as const, contact: 2, rung: 1 };
  const second = { ...place, key: messageKey(place), before: [{ contact: 1, keys: [first.key] }] };
  expect(await send(second, passing)).toMatchObject({ result: 'accepted', person: 'jia-2' });
});

test('an alarm, a drill’s too, asks for nobody’s quiet hours', async () => {
  const on: ('workday' | 'weekend' | 'holiday' | 'shiftedWorkday')[] = [
    'workday',
    'weekend',
    'holiday',
    'shiftedWorkday',
  ];
  const resting = { ...organisation, quiet: [{ from: '00:00', to: '00:00', on }] };
  for (const more of [{}, { drill: true }, { kind: 'reminder' as const }]) {
    expect(await send(noticeTo('townshipCommandGroup', more), register, resting)).toMatchObject({
      result: 'accepted',
      person: 'township-jia-1',
    });
  }
});
