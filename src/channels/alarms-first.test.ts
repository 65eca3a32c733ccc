import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { alarmsFirst, priorityOf } from './alarms-first.ts';
import type { Channel, OutgoingMessage } from './channel.ts';
import { failureCode, isPermanent } from './failure.ts';
import { atNight } from './testing.ts';

/** Time is told, not waited for: a machine that stands still for a moment takes no part in it. */
beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }));
afterEach(() => void jest.useRealTimers());

/** A channel that notes what it is given. */
function noting(): { channel: Channel; sent: string[] } {
  const sent: string[] = [];
  const send = (message: OutgoingMessage) => {
    sent.push(message.id);
    return Promise.resolve({ code: 'TAKEN' });
  };
  return { channel: { name: 'sms', send }, sent };
}

const message = (id: string, priority?: 'alarm' | 'routine'): OutgoingMessage => ({
  id,
  to: '+8613900000001',
  text: '',
  priority,
});

test('while the provider takes no more, alarms pass what is routine, each in their order', async () => {
  const { channel, sent } = noting();
  const limited = alarmsFirst(channel, { most: 1, interval: 20 });
  const all = [
    limited.send(message('first', 'routine')),
    limited.send(message('drill 1', 'routine')),
    limited.send(message('drill 2', 'routine')),
    limited.send(message('alarm 1', 'alarm')),
    limited.send(message('alarm 2')),
  ];
  await jest.advanceTimersByTimeAsync(100);
  await Promise.all(all);
  expect(sent).toEqual(['first', 'alarm 1', 'alarm 2', 'drill 1', 'drill 2']);
});

test('below the limit everything goes at once', async () => {
  const { channel, sent } = noting();
  const limited = alarmsFirst(channel, { most: 3 });
  expect(limited.name).toBe('sms');
  expect(await limited.send(message('a'))).toEqual({ code: 'TAKEN' });
  await Promise.all([limited.send(message('b')), limited.send(message('c'))]);
  expect(sent).toEqual(['a', 'b', 'c']);
});

test('who waits too long is told to try again later, and is not sent after all', async () => {
  const { channel, sent } = noting();
  const limited = alarmsFirst(channel, { most: 1, interval: 300, patience: 20 });
  await limited.send(message('first'));
  const late = limited.send(message('late')).catch((reason: unknown) => reason);
  await jest.advanceTimersByTimeAsync(20);
  const error = await late;
  expect([failureCode(error), isPermanent(error)]).toEqual(['RATE_LIMITED', false]);
  const patient = alarmsFirst(channel, { most: 1, interval: 300 });
  await patient.send(message('a'));
  const next = patient.send(message('b'));
  await jest.advanceTimersByTimeAsync(299);
  expect(sent).toEqual(['first', 'a']);
  await jest.advanceTimersByTimeAsync(1);
  await next;
  expect(sent).toEqual(['first', 'a', 'b']);
});

test('a send that has begun is waited for, however long it takes', async () => {
  let answer: () => void = () => undefined;
  const slow: Channel = {
    name: 'sms',
    send: () => new Promise((resolve) => (answer = () => resolve({ code: 'TAKEN' }))),
  };
  const sending = alarmsFirst(slow, { most: 1, patience: 1 }).send(message('slow'));
  await jest.advanceTimersByTimeAsync(1_000);
  answer();
  expect(await sending).toEqual({ code: 'TAKEN' });
});

test('a channel’s own failure comes through as it is', async () => {
  const failing: Channel = {
    name: 'sms',
    send: () => Promise.reject(Object.assign(new Error('?'), { code: 'ECONNREFUSED' })),
  };
  const error = await alarmsFirst(failing, { most: 1 })
    .send(message('x'))
    .catch((reason: unknown) => reason);
  expect(failureCode(error)).toBe('CONNECT_REFUSED');
});

test('drills and what is for information can wait; every other notice is an alarm', () => {
  expect(priorityOf(atNight)).toBe('alarm');
  expect(priorityOf({ ...atNight, kind: 'overdueAbove' })).toBe('alarm');
  expect(priorityOf({ ...atNight, drill: true })).toBe('routine');
  expect(priorityOf({ ...atNight, superseded: true })).toBe('routine');
});
