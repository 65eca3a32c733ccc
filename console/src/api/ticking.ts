import { useSyncExternalStore } from 'react';
import { serverNow } from './clock.ts';

const TICK_MS = 1_000;

let now = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;
const watchers = new Set<() => void>();

function watch(tell: () => void): () => void {
  watchers.add(tell);
  timer ??= setInterval(() => {
    now = serverNow();
    for (const each of watchers) each();
  }, TICK_MS);
  return () => {
    watchers.delete(tell);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The server's time in milliseconds, a second at a time: one clock for all countdowns of a page. */
export const useNow = (): number =>
  useSyncExternalStore(watch, () => (timer ? now : (now = floor(serverNow()))));

const floor = (ms: number): number => ms - (ms % TICK_MS);
