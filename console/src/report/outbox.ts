import { createStore, del, entries, set } from 'idb-keyval';
import type { z } from 'zod';
import type { acceptedSchema } from '../../../src/api/schemas.ts';
import { ask } from '../api/client.ts';
import { serverNow } from '../api/clock.ts';
import { newKey } from '../api/new-key.ts';
import { isProblem, mayPass, Problem } from '../api/problem.ts';
import { bodyOf, type Draft } from './draft.ts';

/*
 * Alarms that are on their way. One that has no answer yet stays on this device and is sent again, under the same key, until there
 * is one: the server counts it once however often it came. Each pressing of the button has a key of its own, so that no alarm ever
 * takes another's place.
 */

export type Accepted = z.infer<typeof acceptedSchema>;

export interface Waiting {
  state: 'waiting';
  draft: Draft;
  /** By the server's clock, in milliseconds. */
  since: number;
  why: 'offline' | 'signIn' | 'otherAccount' | null;
  /** Who wrote it, where that was known; another's session does not send it unasked. */
  account: string | null;
  /** False where the device cannot keep it: it lives as long as its page. */
  isKept: boolean;
}
export type Sending =
  | Waiting
  /** Not kept any longer: it is in the register. */
  | { state: 'sent'; accepted: Accepted }
  | { state: 'refused'; draft: Draft; problem: { code: string; title: string; detail: string | null } };

const store = createStore('fenghuo', 'alarms');

/** Puts an alarm on its way; gives its key. A device that keeps nothing holds up no alarm. */
export async function enqueue(draft: Draft, account: string | null): Promise<[string, Waiting]> {
  const key = newKey();
  const waiting: Waiting = {
    state: 'waiting',
    draft,
    since: serverNow(),
    why: null,
    account,
    isKept: true,
  };
  const isKept = await fromDevice(async () => {
    await set(key, waiting, store);
    return true;
  }, false);
  return [key, { ...waiting, isKept }];
}

/** Those that were waiting when a page was closed, or the telephone died; the oldest first. */
export async function leftOver(): Promise<[string, Waiting][]> {
  const all = await fromDevice(() => entries<string, Waiting>(store), []);
  return all.filter(([, { state }]) => state === 'waiting').sort(([, a], [, b]) => a.since - b.since);
}

/** What was answered for good is kept by the register, or typed anew: not by the device. */
const forget = (key: string): Promise<void> => fromDevice(() => del(key, store), undefined);

/** What the device's store gives; `otherwise` where it has none, or is full. */
async function fromDevice<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch {
    return otherwise;
  }
}

/** Tries to send an alarm, in one page of this browser at a time. Answers how it stands then; never rejects. */
export const trySend = (key: string, waiting: Waiting, account: string | null): Promise<Sending> =>
  alone(`fenghuo.alarm.${key}`, async () => {
    if (waiting.account !== null && account !== null && waiting.account !== account)
      return { ...waiting, why: 'otherAccount' };
    const next = await sent(key, waiting);
    if (next.state !== 'waiting') await forget(key);
    return next;
  });

async function sent(key: string, waiting: Waiting): Promise<Sending> {
  try {
    const accepted = await ask<Accepted | null>('/api/incidents', {
      method: 'POST',
      body: bodyOf(waiting.draft),
      headers: { 'idempotency-key': key },
    });
    // Whatever else says 200 on the way here (a hotel's sign-in, a proxy) has taken no alarm.
    return accepted?.id ? { state: 'sent', accepted } : { ...waiting, why: 'offline' };
  } catch (error) {
    if (isProblem(error) && error.status === 401) return { ...waiting, why: 'signIn' };
    if (mayPass(error) || !(error instanceof Problem)) return { ...waiting, why: 'offline' };
    const { code, title, detail } = error;
    return { state: 'refused', draft: waiting.draft, problem: { code, title, detail } };
  }
}

/** Browsers without locks, and pages over plain http, have no `navigator.locks`: the key alone keeps it from counting twice. */
const alone = <T>(name: string, act: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? (navigator.locks.request(name, act) as Promise<T>) : act();
