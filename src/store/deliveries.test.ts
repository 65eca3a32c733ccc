import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { MessageKey } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { Delivery } from '../incident/notice.ts';
import { attemptsOf, claimDelivery, failDelivery, renewDelivery, settleDelivery } from './deliveries.ts';
import type { Register } from './open.ts';
import { sampleIncident } from './sample-incident.ts';
import { openTestRegister } from './testing.ts';

let register: Register;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(() => register.close());

const newKey = (): MessageKey => sampleIncident().policeKey;
const decidedAt = '2026-03-04T01:20:00.000Z';
const claim = (
  key: MessageKey,
  owner: string,
  person: string | null = 'jia-1',
  decided: Instant = decidedAt,
) => claimDelivery(register, { key, decidedAt: decided, owner, leaseMs: 60_000, person, channel: 'email' });
const settle = (
  key: MessageKey,
  owner: string,
  delivery: Delivery,
  decided: Instant = decidedAt,
  firstAttempt = 1,
) => settleDelivery(register, { key, decidedAt: decided, owner, firstAttempt }, delivery);
const accepted: Delivery = {
  result: 'accepted',
  person: 'jia-1',
  channel: 'email',
  code: 'SMTP_250',
  attempts: 1,
};

/** The owner has fallen silent for longer than its lease. */
const leaseRunsOut = (key: MessageKey) =>
  register.db.execute(
    sql`update delivery_claim set leased_until = now() - interval '1 second' where key = ${key}`,
  );

test('of many who want to send a message one may', async () => {
  const key = newKey();
  const all = await Promise.all(Array.from({ length: 10 }, (_, index) => claim(key, `worker-${index}`)));
  expect(all.filter(({ state }) => state === 'claimed')).toEqual([
    { state: 'claimed', person: 'jia-1', channel: 'email', attempt: 1, firstAttempt: 1 },
  ]);
  expect(all.filter(({ state }) => state === 'busy')).toHaveLength(9);
});

test('a claim keeps its own owner out as well, whose first try may still be under way', async () => {
  const key = newKey();
  await claim(key, 'worker-1');
  expect(await claim(key, 'worker-1')).toEqual({ state: 'busy' });
});

test('after a lease has run out another takes over, and the person stays who it was', async () => {
  const key = newKey();
  await claim(key, 'worker-1', 'jia-1');
  await leaseRunsOut(key);
  // The roster has changed meanwhile.
  expect(await claim(key, 'worker-2', 'jia-2')).toEqual({
    state: 'claimed',
    person: 'jia-1',
    channel: 'email',
    attempt: 2,
    firstAttempt: 1,
  });
  expect(await renewDelivery(register, key, 'worker-1', 60_000)).toBe(false);
});

test('a renewed claim holds', async () => {
  const key = newKey();
  await claim(key, 'worker-1');
  await leaseRunsOut(key);
  expect(await renewDelivery(register, key, 'worker-1', 60_000)).toBe(true);
  expect(await claim(key, 'worker-2')).toEqual({ state: 'busy' });
});

test('where nobody was to be told, the first person found counts', async () => {
  const key = newKey();
  await claim(key, 'worker-1', null);
  await leaseRunsOut(key);
  expect(await claim(key, 'worker-2', 'jia-2')).toMatchObject({ person: 'jia-2' });
});

test('a settled message gives its delivery and is never sent again', async () => {
  const key = newKey();
  await claim(key, 'worker-1');
  expect(await settle(key, 'worker-1', accepted)).toEqual(accepted);
  await leaseRunsOut(key);
  expect(await claim(key, 'worker-2')).toEqual({ state: 'settled', delivery: accepted });
  expect(await settle(key, 'worker-2', { ...accepted, attempts: 2 })).toEqual(accepted);
});

test('a message with nobody to tell is settled without a claim and without a try', async () => {
  const key = newKey();
  const nobody: Delivery = { result: 'noContact', person: null, channel: null, code: null, attempts: 0 };
  await settle(key, 'worker-1', nobody);
  expect(await claim(key, 'worker-1')).toEqual({ state: 'settled', delivery: nobody });
  expect(await attemptsOf(register, key)).toEqual([]);
});

test('who lost the claim may not refuse, but what was accepted is out', async () => {
  const key = newKey();
  await claim(key, 'worker-1');
  await leaseRunsOut(key);
  await claim(key, 'worker-2');
  await settle(key, 'worker-1', { ...accepted, result: 'refused', code: 'SMTP_550' });
  expect(await claim(key, 'worker-3')).toEqual({ state: 'busy' });
  await settle(key, 'worker-1', accepted);
  expect(await claim(key, 'worker-3')).toEqual({ state: 'settled', delivery: accepted });
});

test('every try is on record, and a failed one lets the next begin at once', async () => {
  const key = newKey();
  const tried = { person: 'jia-1', channel: 'email' };
  await claim(key, 'worker-1');
  await failDelivery(register, key, 'worker-1', { ...tried, attempts: 1, code: 'SMTP_451', done: true });
  expect(await claim(key, 'worker-2')).toMatchObject({ state: 'claimed', attempt: 2 });
  await settle(key, 'worker-2', { ...accepted, attempts: 2 });
  const tries = await attemptsOf(register, key);
  expect(tries.map(({ attempt, result, code }) => ({ attempt, result, code }))).toEqual([
    { attempt: 1, result: 'failed', code: 'SMTP_451' },
    { attempt: 2, result: 'accepted', code: 'SMTP_250' },
  ]);
});

test('another decision under the same key, after its workflow was put back, is told anew to whoever is on duty now', async () => {
  const later = '2026-03-04T02:20:00.000Z';
  const key = newKey();
  await claim(key, 'worker-1');
  await settle(key, 'worker-1', accepted);
  expect(await claim(key, 'worker-2', 'jia-2', later)).toEqual({
    state: 'claimed',
    person: 'jia-2',
    channel: 'email',
    attempt: 2,
    firstAttempt: 2,
  });
  // Its own retries are held back as ever, and stay with the person.
  expect(await claim(key, 'worker-1', 'jia-1', later)).toEqual({ state: 'busy' });
  await leaseRunsOut(key);
  expect(await claim(key, 'worker-3', 'jia-1', later)).toMatchObject({
    person: 'jia-2',
    attempt: 3,
    firstAttempt: 2,
  });
  const again: Delivery = { ...accepted, person: 'jia-2', attempts: 2 };
  expect(await settle(key, 'worker-3', again, later, 2)).toEqual(again);
  expect(await claim(key, 'worker-1', 'jia-1', later)).toEqual({ state: 'settled', delivery: again });
  // Whoever was still sending the first decision ends that one, and not this.
  await settle(key, 'worker-1', { ...accepted, result: 'refused', code: 'SMTP_550' });
  expect(await claim(key, 'worker-1', 'jia-1', later)).toEqual({ state: 'settled', delivery: again });
});

test('a claim of before decisions were kept does not say whose it is, and stands', async () => {
  const key = newKey();
  await claim(key, 'worker-1');
  await settle(key, 'worker-1', accepted);
  await register.db.execute(sql`update delivery_claim set decided_at = null where key = ${key}`);
  expect(await claim(key, 'worker-2')).toEqual({ state: 'settled', delivery: accepted });
});

test('of many who want to send another decision one may, and nobody takes the first one’s result for its own', async () => {
  const later = '2026-03-04T02:20:00.000Z';
  const key = newKey();
  await claim(key, 'worker-0');
  await settle(key, 'worker-0', accepted);
  const all = await Promise.all(
    Array.from({ length: 10 }, (_, index) => claim(key, `worker-${index}`, 'jia-2', later)),
  );
  expect(all.map(({ state }) => state).sort()).toEqual([...Array<string>(9).fill('busy'), 'claimed']);
});

test('tries of another decision come behind all that there were, and leave their record as it was', async () => {
  const later = '2026-03-04T02:20:00.000Z';
  const key = newKey();
  await claim(key, 'worker-1');
  const sms = { person: 'jia-1', channel: 'sms' };
  await failDelivery(register, key, 'worker-1', { ...sms, attempts: 1, code: 'GATEWAY_503', done: false });
  await settle(key, 'worker-1', { ...accepted, attempts: 2 });
  expect(await claim(key, 'worker-2', 'jia-2', later)).toMatchObject({ attempt: 3, firstAttempt: 3 });
  const failed = { person: 'jia-2', channel: 'email', attempts: 3, code: 'SMTP_451', done: true };
  await failDelivery(register, key, 'worker-2', failed);
  const tries = await attemptsOf(register, key);
  expect(tries.map(({ attempt, person, channel, result }) => [attempt, person, channel, result])).toEqual([
    [1, 'jia-1', 'sms', 'failed'],
    [2, 'jia-1', 'email', 'accepted'],
    [3, 'jia-2', 'email', 'failed'],
  ]);
});
