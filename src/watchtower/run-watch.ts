import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { toInstant } from '../incident/instant.ts';
import type { Register } from '../store/open.ts';
import { claimWord, noteSaid } from '../store/watch-word.ts';
import { createWatch, type Watch } from './keep-watch.ts';
import { lookInside } from './look.ts';
import { pinger } from './ping.ts';
import { createSecondRoute } from './second-route.ts';
import type { WatchSettings } from './settings.ts';

/** Often enough that silence is told within a fraction of what it takes to be one. */
export const lookEveryMs = ({
  WATCH_AFTER_SECONDS: after,
  WATCH_BEAT_SECONDS: beat,
}: WatchSettings): number => Math.min(15, after / 4, beat) * 1_000;

/** Calls `watch` again and again, one look after the other, until it is stopped. */
export function again(watch: Watch, everyMs: number): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  const next = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = watch()
        .catch(() => undefined)
        .then(next);
    }, everyMs);
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** The watch of an API process: with the others beside it one of them says what is to be said. */
export function runWatch(
  settings: WatchSettings,
  { register, client }: { register: Register; client: Client },
  { system, log }: { system: string; log: Logger },
): { stop(): Promise<void> } {
  const route = createSecondRoute(settings);
  const self = randomUUID();
  const watch = createWatch({
    look: () => lookInside({ register, client }),
    claim: (state) => claimWord(register, state, self),
    noteSaid: (state) => noteSaid(register, state, self),
    route,
    ping: pinger(settings.WATCH_PING_URL, log),
    afterMs: settings.WATCH_AFTER_SECONDS * 1_000,
    system,
    log,
    elapsed: () => performance.now(),
    now: () => toInstant(Date.now()),
  });
  const looking = again(watch, lookEveryMs(settings));
  return {
    async stop() {
      await looking.stop();
      await route.close();
    },
  };
}
