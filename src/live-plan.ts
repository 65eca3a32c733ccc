import type { LivePlan } from './plan/live-plan.ts';
import { readPlanText } from './plan/load.ts';
import { publishedText, standingPublication } from './store/plan-proposals.ts';
import type { Register } from './store/open.ts';
import { within } from './within.ts';

/** How soon a process sees what another put in force. */
const EVERY_MS = 3_000;
const PATIENCE_MS = 5_000;

/** Keeps a plan as two people have put it in force. */
export interface KeptPlan {
  /** Looks now. Never rejects: while the register is away, what was read last stands. */
  refresh(): Promise<void>;
  /** Ends the looking in the background. */
  stop(): void;
}

/**
 * Looks every few seconds for an edition that was put in force, beside everything else: no alarm waits for it. One that this
 * version of the program cannot read leaves what stands, and is said once.
 */
export function keepPlanLive(register: Register, { plan, show }: LivePlan): KeptPlan {
  let shown: number | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const read = async (): Promise<void> => {
    const publication = await standingPublication(register, plan.pin.key);
    if (publication === null || publication === shown) return;
    const text = await publishedText(register, publication);
    shown = publication;
    try {
      show(readPlanText(text));
    } catch (error) {
      console.error(`Publication ${publication} of plan ${plan.pin.key} cannot be read: ${String(error)}`);
    }
  };
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
