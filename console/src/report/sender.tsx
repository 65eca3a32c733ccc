import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { accountNow, SESSION, type WhoAmI } from '../api/session.ts';
import type { Draft } from './draft.ts';
import { enqueue, leftOver, trySend, type Sending } from './outbox.ts';

/** How long until the next try, each time longer. A line that returns is tried at once. */
const TRIES_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

interface OnItsWay {
  key: string;
  sending: Sending;
  tries: number;
}

interface Sender {
  /** All that are on their way or were just answered, the oldest first. */
  alarms: OnItsWay[];
  send(draft: Draft): Promise<void>;
  tryNow(): Promise<void>;
  /** Sends what somebody else wrote on this device in the name of whoever is signed in. */
  sendAsMine(key: string): Promise<void>;
  /** Has been seen. */
  done(key: string): void;
}

const SenderContext = createContext<Sender | null>(null);
export const useSender = (): Sender => use(SenderContext)!;

/** Sends every alarm of this device until it is answered, whatever page is open. */
export function SenderProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [alarms, setAlarms] = useState<OnItsWay[]>([]);

  const put = useCallback((key: string, sending: Sending, isTry: boolean) => {
    setAlarms((before) => {
      const old = before.find((each) => each.key === key);
      if (old && old.sending.state !== 'waiting') return before; // answered meanwhile
      const next = { key, sending, tries: (old?.tries ?? 0) + (isTry ? 1 : 0) };
      return old ? before.map((each) => (each.key === key ? next : each)) : [...before, next];
    });
  }, []);
  const attempt = useCallback(
    async (key: string, sending: Sending) => {
      if (sending.state !== 'waiting') return;
      // A page that was just opened does not know yet whose session it has.
      const account = sending.account === null ? null : await accountNow(client);
      put(key, await trySend(key, sending, account), true);
    },
    [client, put],
  );

  useEffect(() => {
    void leftOver().then((left) => {
      for (const [key, waiting] of left) {
        put(key, waiting, false);
        void attempt(key, waiting);
      }
    });
  }, [put, attempt]);

  const waiting = useMemo(() => alarms.filter(({ sending }) => sending.state === 'waiting'), [alarms]);
  useEffect(() => {
    if (waiting.length === 0) return;
    const tryAll = (): void => waiting.forEach(({ key, sending }) => void attempt(key, sending));
    const tries = Math.min(...waiting.map((each) => each.tries));
    const timer = setTimeout(tryAll, TRIES_MS[Math.min(tries, TRIES_MS.length - 1)]);
    const seen = (): void => void (document.visibilityState === 'visible' && tryAll());
    window.addEventListener('online', tryAll);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', tryAll);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [waiting, attempt]);

  const sender: Sender = {
    alarms,
    async send(draft) {
      const account = client.getQueryData<WhoAmI>(SESSION)?.account?.id ?? null;
      const [key, first] = await enqueue(draft, account);
      put(key, first, false);
      await attempt(key, first);
    },
    tryNow: async () => {
      await Promise.all(waiting.map(({ key, sending }) => attempt(key, sending)));
    },
    async sendAsMine(key) {
      const mine = waiting.find((each) => each.key === key)?.sending;
      if (mine?.state === 'waiting') await attempt(key, { ...mine, account: null });
    },
    done: (key) => setAlarms((before) => before.filter((each) => each.key !== key)),
  };
  return <SenderContext value={sender}>{children}</SenderContext>;
}
