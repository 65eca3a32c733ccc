import { useCallback, useEffect, useState } from 'react';
import { enqueue, forget, sendings, trySend, type Sending } from './outbox.ts';
import type { Draft } from './draft.ts';

/** How long until the next try, each time longer. A line that returns is tried at once. */
const TRIES_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** The alarm of this device that is on its way, and how it stands. */
export function useSending() {
  const [current, setCurrent] = useState<{ key: string; sending: Sending; tries: number } | null>(null);

  const attempt = useCallback(async (key: string) => {
    const sending = await trySend(key);
    if (sending) setCurrent((before) => ({ key, sending, tries: (before?.tries ?? 0) + 1 }));
  }, []);

  // One that was waiting when the page was closed, or the telephone died.
  useEffect(() => {
    void sendings().then(([first]) => {
      if (!first) return;
      const [key, sending] = first;
      setCurrent({ key, sending, tries: 0 });
      void attempt(key);
    });
  }, [attempt]);

  const waitingKey = current?.sending.state === 'waiting' ? current.key : null;
  useEffect(() => {
    if (waitingKey === null) return;
    const tryNow = (): void => void attempt(waitingKey);
    const wait = TRIES_MS[Math.min(current?.tries ?? 0, TRIES_MS.length - 1)];
    const timer = setTimeout(tryNow, wait);
    const seen = (): void => void (document.visibilityState === 'visible' && tryNow());
    window.addEventListener('online', tryNow);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', tryNow);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [waitingKey, current?.tries, attempt]);

  return {
    current,
    async send(draft: Draft): Promise<void> {
      await enqueue(draft);
      setCurrent({
        key: draft.key,
        sending: { state: 'waiting', draft, since: Date.now(), why: null },
        tries: 0,
      });
      await attempt(draft.key);
    },
    tryNow: async (): Promise<void> => {
      if (current) await attempt(current.key);
    },
    async done(): Promise<void> {
      if (current) await forget(current.key);
      setCurrent(null);
    },
  };
}
