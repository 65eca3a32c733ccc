import type { LiveOrganisation } from './people/live-organisation.ts';
import { editionsMark, standingEditions } from './store/rosters.ts';
import type { Register } from './store/open.ts';
import { within } from './within.ts';

/** How soon a process sees what another imported. */
const EVERY_MS = 3_000;
const PATIENCE_MS = 5_000;

/** Keeps the rosters of an organisation as the register has them. */
export interface LiveRosters {
  /** Reads them now. Never rejects: while the register is away, what was read last stands. */
  refresh(): Promise<void>;
  /** Ends the reading in the background. */
  stop(): void;
}

/** Reads the imported rosters every few seconds, beside everything else: nobody who sends a message waits for it. */
export function keepRostersLive(register: Register, { show }: Pick<LiveOrganisation, 'show'>): LiveRosters {
  let shown: string | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const read = async (): Promise<void> => {
    const mark = await editionsMark(register);
    if (mark === shown) return;
    show(await standingEditions(register));
    shown = mark;
  };
  // One after the other: an earlier reading that comes late must not show what stood before an import.
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
