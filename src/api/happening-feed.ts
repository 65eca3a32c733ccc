import { happeningsAfter, newestHappening, type Happening } from '../store/happenings.ts';
import type { Register } from '../store/open.ts';
import { released, type Gap } from './released.ts';

/** How often the register is asked while somebody listens. It works over any number of processes, and on PGlite as on PostgreSQL. */
const EVERY_MS = 1_000;
const PAGE = 1_000;
/** What is kept for somebody who was away; beyond it they are told to read everything anew. */
const RESUMED = 1_000;

/** Somebody who listens. */
export interface Listener {
  /** What happened, in order. Does not wait. */
  tell(happening: Happening): void;
  /** Called with each round, whether or not something happened. */
  beat(): void;
}

export interface HappeningFeed {
  /**
   * Adds a listener, to be told of everything after `pos`, which is given back; `missed` are those after `since`, or null when they
   * are too many or `since` is no place of this register: read everything anew. Rejects when the register does not answer.
   */
  listen(
    listener: Listener,
    since: number | null,
  ): Promise<{ pos: number; missed: Happening[] | null; stop(): void }>;
  /** Called with each round, before listeners are told: which of them may still listen. */
  onRound(check: () => Promise<void>): void;
  close(): void;
}

/** One reader of the register for all who listen to this process; it rests while nobody does. */
export function createHappeningFeed(register: Register): HappeningFeed {
  const listeners = new Map<Listener, number>();
  let check: () => Promise<void> = async () => undefined;
  let head: number | null = null;
  let gap: Gap | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function round(): Promise<void> {
    try {
      await check();
      await read();
    } catch {
      // The register does not answer: listeners keep their place, and the next round asks again.
    }
    for (const listener of listeners.keys()) listener.beat();
  }

  async function read(): Promise<void> {
    for (;;) {
      const from = head!;
      const rows = await happeningsAfter(register, from, PAGE);
      const out = released(rows, from, gap, Date.now());
      gap = out.gap;
      head = out.head;
      for (const happening of out.happenings) tellAll(happening);
      if (rows.length < PAGE || head === from) return;
    }
  }

  function tellAll(happening: Happening): void {
    for (const [listener, after] of listeners) if (happening.pos > after) listener.tell(happening);
  }

  function rest(): void {
    clearTimeout(timer);
    timer = undefined;
    head = null;
    gap = null;
  }

  const goOn = (): void => {
    timer = setTimeout(() => {
      void round().then(() => {
        if (listeners.size > 0 && !isClosed) goOn();
        else rest();
      });
    }, EVERY_MS);
  };

  /** What stands between two places; null for too much, and for a place that this register has not come to. */
  async function missedBetween(since: number, until: number): Promise<Happening[] | null> {
    if (since > until) return since <= (await newest()) ? [] : null; // heard at a process that was ahead of this one
    const rows = await happeningsAfter(register, since, RESUMED + 1);
    return rows.length > RESUMED ? null : rows.filter(({ pos }) => pos <= until);
  }

  const newest = async (): Promise<number> => (await newestHappening(register, null))?.pos ?? 0;

  return {
    async listen(listener, since) {
      const known = head ?? (await newest());
      const pos = (head ??= known); // somebody else may have begun meanwhile
      listeners.set(listener, pos);
      if (timer === undefined && !isClosed) goOn();
      const stop = (): void => void listeners.delete(listener);
      try {
        const missed = since === null ? [] : await missedBetween(since, pos);
        const from = missed === null ? pos : Math.max(pos, since ?? 0);
        if (listeners.has(listener)) listeners.set(listener, from);
        return { pos: from, missed, stop };
      } catch (error) {
        stop();
        throw error;
      }
    },
    onRound(next) {
      check = next;
    },
    close() {
      isClosed = true;
      rest();
    },
  };
}
