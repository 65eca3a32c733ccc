import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { readConfig } from '../config.ts';
import { loadOrganisation } from '../people/organisation.ts';
import { loadPlan } from '../plan/load.ts';
import { listChanges } from '../store/changes.ts';
import { verifyChanges } from '../store/changes-verify.ts';
import { rowsOf, type Register } from '../store/open.ts';
import { openTestRegister } from '../store/testing.ts';
import { recordDifferences } from './compare.ts';
import { organisationThings } from './organisation-things.ts';
import { planThings } from './plan-things.ts';
import { settingThings } from './setting-things.ts';

let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
}, 240_000);
beforeEach(() => register.db.execute(sql`truncate change_entry, change_head, sealed, last_seen`));
afterAll(() => register.close());

const changes = async () => (await listChanges(register, { limit: 1_000 })).reverse();
const clear = async () =>
  JSON.stringify([
    await rowsOf(register.db, sql`select * from change_entry`),
    await rowsOf(register.db, sql`select name, encode(ciphertext, 'escape') as text from sealed`),
  ]);

const ROSTER = readFileSync('plans/roster.sample.yaml', 'utf8');
const organisation = (text: string) => organisationThings(loadOrganisation({ name: 'org', text }), text);
const PLAN = readFileSync('plans/wushen-2025.yaml', 'utf8');
const plan = (text: string) => planThings(loadPlan({ name: 'plan', text }));
const changed = (text: string, from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

test('the first look is one change an area, the same file again none, by however many at once', async () => {
  expect(await recordDifferences(register, 'organisation', organisation(ROSTER))).toBe(2);
  const again = await Promise.all(
    Array.from({ length: 5 }, () => recordDifferences(register, 'organisation', organisation(ROSTER))),
  );
  expect(again).toEqual([0, 0, 0, 0, 0]);
  expect(await changes()).toMatchObject([
    { area: 'people', subject: 'firstSeen', from: null, via: 'start' },
    { area: 'roster', subject: 'firstSeen', from: null },
  ]);
});

test('a person, a body and a roster that changed are told each, from what to what', async () => {
  await recordDifferences(register, 'organisation', organisation(ROSTER));
  let now = changed(ROSTER, 'east-1@example.invalid', 'east-new@example.invalid');
  now = changed(now, 'contacts: [west-1]', 'contacts: []');
  now = changed(now, 'people: [centre-2], note: 就医', 'people: [centre-3], note: 住院');
  await recordDifferences(register, 'organisation', organisation(now));
  const told = (await changes()).slice(2);
  const subjects = ['body west', 'roster centre override', 'person east-1'];
  for (const subject of subjects) expect(told.filter((c) => c.subject.startsWith(subject))).toHaveLength(1);
  expect(told).toHaveLength(subjects.length);
  const about = (subject: string) => told.find((c) => c.subject.startsWith(subject))!;
  expect(about('body')).toMatchObject({
    area: 'people',
    from: { contacts: ['west-1'] },
    to: { contacts: [] },
  });
  expect(about('roster')).toMatchObject({
    area: 'roster',
    from: { people: ['centre-2'] },
    to: { people: ['centre-3'] },
    personal: ['from.note', 'to.note'],
  });
  expect(about('person')).toMatchObject({ from: {}, to: {}, personal: ['from.email', 'to.email'] });
  expect(about('person').by).toMatch(/^file sha256:[0-9a-f]{64}$/);
  expect(await clear()).not.toMatch(/east-new@|住院|就医/);

  await recordDifferences(register, 'organisation', organisation(ROSTER));
  const back = (await changes()).slice(-3).find((c) => c.subject === 'body west');
  expect(back).toMatchObject({ from: { contacts: [] }, to: { contacts: ['west-1'] } });
  expect((await verifyChanges(register)).problems).toEqual([]);
});

test('a limit of the bureau is told apart from what the plan says', async () => {
  await recordDifferences(register, 'plan', plan(PLAN));
  const [, before] = /remindEvery: (\w+)/.exec(PLAN)!;
  await recordDifferences(
    register,
    'plan',
    plan(changed(PLAN, `remindEvery: ${before}`, 'remindEvery: PT59M')),
  );
  expect((await changes()).slice(1)).toMatchObject([
    {
      area: 'plan',
      subject: 'limit edition.remindEvery',
      from: { limit: before },
      to: { limit: 'PT59M' },
    },
  ]);
});

test('another plan is one change, not each of its duties', async () => {
  await recordDifferences(register, 'plan', plan(PLAN));
  await recordDifferences(register, 'plan', plan(readFileSync('plans/second-county.yaml', 'utf8')));
  expect((await changes()).slice(1)).toMatchObject([
    { subject: 'firstSeen', from: { of: loadPlan({ name: 'p', text: PLAN }).pin.key }, to: {} },
  ]);
});

test('of a mail server host and login are told to have changed, and the password stands nowhere', async () => {
  const settings = (SMTP_URL: string) => settingThings(readConfig({ SMTP_URL }), register.keyring);
  const mail = (pass: string) => settings(`smtps://bureau:${pass}@mail.example.invalid:465`);
  await recordDifferences(register, 'settings', mail('hunter2-first'));
  expect(await recordDifferences(register, 'settings', mail('hunter2-first'))).toBe(0);
  await recordDifferences(register, 'settings', mail('hunter2-second'));
  await recordDifferences(register, 'settings', settings('smtps://other.example.invalid'));
  const [password, server] = (await changes()).slice(-2);
  expect(password).toMatchObject({ area: 'channels', subject: 'SMTP_URL', via: 'start', by: 'settings' });
  const { from, to } = password as unknown as { from: { login: string }; to: { login: string } };
  expect(Object.keys(from)).toEqual(['login']);
  expect(from.login).not.toBe(to.login);
  expect(server).toMatchObject({
    from: { host: 'mail.example.invalid' },
    to: { host: 'other.example.invalid' },
  });
  expect(await clear()).not.toMatch(/hunter2|bureau/);
});
