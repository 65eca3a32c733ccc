import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { noticeOf } from '../../../src/api/event-stream.ts';
import { createRefresher } from './refresher.ts';
import { SESSION } from './session.ts';

/** That something happened: neither what nor to whom. */
export type Notice = ReturnType<typeof noticeOf>;
export type Line = 'opening' | 'open' | 'lost';

/** What a lost line waits before the page itself asks again; the browser does so where it was no more than a broken connection. */
const AGAIN_MS = [1_000, 3_000, 10_000, 30_000];

let line: Line = 'opening';
const watchers = new Set<() => void>();
const listeners = new Set<(notice: Notice) => void>();

function setLine(next: Line): void {
  line = next;
  for (const tell of watchers) tell();
}

/** Whether what stands on the pages is live. */
export const useLine = (): Line =>
  useSyncExternalStore(
    (tell) => (watchers.add(tell), () => watchers.delete(tell)),
    () => line,
  );

/** Hears of everything that happens within reach, as it happens. Answers how to stop. */
export function onNotice(listener: (notice: Notice) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps every page of the desk up to date, over one connection. Once, where somebody is signed in. */
export function useEvents(isAllowed: boolean): void {
  const client = useQueryClient();
  useEffect(() => (isAllowed ? listen(client) : undefined), [client, isAllowed]);
}

function listen(client: QueryClient): () => void {
  const refresh = createRefresher(client);
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;

  function open(): void {
    // A connection that the browser resumed brings what was missed; a new one knows nothing of what happened before it.
    let isAnew = true;
    const isOpen = (readAnew: boolean): void => {
      if (readAnew) refresh.everything();
      [tries, isAnew] = [0, false];
      setLine('open');
    };
    source = new EventSource('/api/events');
    source.addEventListener('hello', () => isOpen(isAnew));
    source.addEventListener('reset', () => isOpen(true));
    source.addEventListener('incident', ({ data }: MessageEvent<string>) => {
      const notice = JSON.parse(data) as Notice;
      refresh.incident(notice.id);
      for (const tell of listeners) tell(notice);
    });
    source.addEventListener('error', () => {
      setLine('lost');
      if (source.readyState !== EventSource.CLOSED) return;
      void client.invalidateQueries({ queryKey: SESSION }); // the session may have ended
      timer = setTimeout(open, AGAIN_MS[Math.min(tries++, AGAIN_MS.length - 1)]);
    });
  }

  open();
  return () => {
    clearTimeout(timer);
    source.close();
    setLine('opening');
  };
}
