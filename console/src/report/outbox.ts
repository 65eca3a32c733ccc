import { createStore, del, entries, get, set } from 'idb-keyval';
import type { z } from 'zod';
import type { acceptedSchema } from '../../../src/api/schemas.ts';
import { ask } from '../api/client.ts';
import { isProblem, mayPass, Problem } from '../api/problem.ts';
import { bodyOf, type Draft } from './draft.ts';

/*
 * Alarms that are on their way. One that has no answer yet stays on this device and is sent again, under the same key, until there
 * is one: the server counts it once however often it came.
 */

export type Accepted = z.infer<typeof acceptedSchema>;

export type Sending =
  | { state: 'waiting'; draft: Draft; since: number; why: 'offline' | 'signIn' | null }
  /** What was typed is not kept any longer: it is in the register. */
  | { state: 'sent'; accepted: Accepted; at: number; office: string | null }
  | { state: 'refused'; draft: Draft; problem: { code: string; title: string; detail: string | null } };

const store = createStore('fenghuo', 'alarms');

export const enqueue = (draft: Draft): Promise<void> =>
  set(draft.key, { state: 'waiting', draft, since: Date.now(), why: null } satisfies Sending, store);

export const sendings = async (): Promise<[string, Sending][]> => entries<string, Sending>(store);
export const sendingOf = (key: string): Promise<Sending | undefined> => get<Sending>(key, store);
export const forget = (key: string): Promise<void> => del(key, store);

/** Tries to send one alarm, in one page of this browser at a time. Answers how it stands then. */
export const trySend = (key: string): Promise<Sending | undefined> =>
  alone(`fenghuo.alarm.${key}`, async () => {
    const sending = await sendingOf(key);
    if (sending?.state !== 'waiting') return sending;
    const next = await sent(key, sending);
    await set(key, next, store);
    return next;
  });

async function sent(key: string, { draft, since }: Extract<Sending, { state: 'waiting' }>): Promise<Sending> {
  try {
    const accepted = await ask<Accepted>('/api/incidents', {
      ...{ method: 'POST', body: bodyOf(draft), headers: { 'idempotency-key': key } },
    });
    return { state: 'sent', accepted, at: Date.now(), office: draft.office };
  } catch (error) {
    if (isProblem(error) && error.status === 401) return { state: 'waiting', draft, since, why: 'signIn' };
    if (mayPass(error) || !(error instanceof Problem))
      return { state: 'waiting', draft, since, why: 'offline' };
    const { code, title, detail } = error;
    return { state: 'refused', draft, problem: { code, title, detail } };
  }
}

/** Browsers without locks, and pages over plain http, have no `navigator.locks`: the key alone keeps it from counting twice. */
const alone = <T>(name: string, act: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? (navigator.locks.request(name, act) as Promise<T>) : act();
