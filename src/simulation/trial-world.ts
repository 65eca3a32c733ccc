import { setImmediate as turn } from 'node:timers/promises';
import { toInstant, toMs, type Instant } from '../incident/instant.ts';
import type { Delivery, Notice } from '../incident/notice.ts';
import type { World } from '../workflows/world.ts';

/** A world whose clock leaps from deadline to deadline, and in which every message is settled in its own instant. */
export interface TrialWorld extends World {
  /** Lets everything happen that falls due up to and including `end`, or until `isEnough`. */
  runUntil(end: Instant, isEnough: () => boolean): Promise<void>;
}

interface Waiter {
  isSo: () => boolean;
  /** Milliseconds since the epoch; infinite where it waits for as long as it takes. */
  until: number;
  resolve(isSo: boolean): void;
}

/** `settle` says how a notice sent at an instant ends. */
export function createTrialWorld(
  start: Instant,
  settle: (notice: Notice, at: Instant) => Delivery,
): TrialWorld {
  let clock = toMs(start);
  const waiting = new Set<Waiter>();
  const sent: (() => void)[] = [];
  const now = (): Instant => toInstant(clock);

  const letGo = (waiter: Waiter, isSo: boolean): void => {
    waiting.delete(waiter);
    waiter.resolve(isSo);
  };
  /** Everything that follows in this instant: who waited goes on, then what was sent is settled, and so on. */
  const settleNow = async (isEnough: () => boolean): Promise<void> => {
    for (;;) {
      await turn(); // whoever was let go has gone as far as it can
      const ready = [...waiting].filter(({ isSo }) => isSo());
      for (const waiter of ready) letGo(waiter, true);
      if (ready.length > 0) continue;
      if (sent.length === 0 || isEnough()) return;
      for (const settled of sent.splice(0)) settled();
    }
  };
  const nextDeadline = (): number => Math.min(...[...waiting].map(({ until }) => until));

  return {
    now,
    until: ((isSo: () => boolean, ms?: number) =>
      new Promise<boolean>((resolve) =>
        waiting.add({ isSo, until: ms === undefined ? Infinity : clock + ms, resolve }),
      )) as World['until'],
    send(notice) {
      const at = now();
      return {
        // Whatever takes it has it at once, so that nothing is left to be withdrawn.
        result: new Promise((resolve) => sent.push(() => resolve(settle(notice, at)))),
        cancel: () => undefined,
      };
    },
    async runUntil(end, isEnough) {
      await settleNow(isEnough);
      for (let next = nextDeadline(); next <= toMs(end) && !isEnough(); next = nextDeadline()) {
        clock = Math.max(clock, next);
        for (const waiter of [...waiting].filter(({ until }) => until <= clock)) letGo(waiter, waiter.isSo());
        await settleNow(isEnough);
      }
    },
  };
}
