import { within } from './within.ts';

/** How soon a process sees what another has changed. */
const EVERY_MS = 3_000;
const PATIENCE_MS = 5_000;

/** Something that the register has and each process keeps as it stands there. */
export interface KeptLooking {
  /** Looks now. Never rejects: while the register is away, what was read last stands. */
  refresh(): Promise<void>;
  /** Ends the looking in the background. */
  stop(): void;
}

/** Has `read` look every few seconds, beside everything else: no alarm and no message waits for it. */
export function keepLooking(read: () => Promise<void>): KeptLooking {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  // One after the other: an earlier look that comes late must not show what stood before a change.
  let last = Promise.resolve();
  const refresh = (): Promise<void> =>
    (last = last.then(() => within(PATIENCE_MS, read())).catch(() => undefined));
  const again = (): void => {
    if (stopped) return;
    timer = setTimeout(() => void refresh().then(again), EVERY_MS);
    timer.unref();
  };
  again();
  return {
    refresh,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
