import type { Logger } from 'pino';
import type { Instant } from '../incident/instant.ts';
import type { WatchState, WordClaim } from '../store/watch-word.ts';
import type { SecondRoute } from './second-route.ts';
import { processingWord, silentWord, type Seen, type Word } from './words.ts';

/** What one look shows: the count of beats (null: not known), and what of the system answers. */
export interface Look {
  beats: number | null;
  seen: Seen;
}

export interface WatchDeps {
  /** Rejects never, settles soon. */
  look(): Promise<Look>;
  /** Who of several processes says it; rejects where nobody can be asked: then each says it for itself. */
  claim(state: WatchState): Promise<WordClaim>;
  noteSaid(state: WatchState): Promise<void>;
  route: Pick<SecondRoute, 'say' | 'ways'>;
  /** Tells a service elsewhere that all is processed. */
  ping?: (() => Promise<void>) | undefined;
  /** Without a new beat for so long, nothing is taken to be processed. */
  afterMs: number;
  /** What the words call this system. */
  system: string;
  log: Pick<Logger, 'info' | 'error' | 'warn'>;
  /** Milliseconds that only grow, whatever becomes of the clock on the wall. */
  elapsed(): number;
  now(): Instant;
}

/** Looks once; to be called again and again, one call after the other. Gives what it takes the system to be. */
export type Watch = () => Promise<WatchState>;

/**
 * The watch over what is processed: beats that go on are proof, and nothing else is. Says so once when they have stopped, and once
 * when they go on. One that has just begun waits as long as for a beat that stopped: the system may just be starting.
 */
export function createWatch(deps: WatchDeps): Watch {
  let beats: number | null = null;
  let provenAt = deps.elapsed();
  let since = deps.now();
  let said: WatchState | null = null;
  /** Said without the others, who could not be asked. */
  let alone = false;

  return async () => {
    const { beats: counted, seen } = await deps.look();
    // The first count proves nothing: it may be old.
    const hasGoneOn = counted !== null && beats !== null && counted !== beats;
    beats = counted ?? beats;
    if (hasGoneOn) {
      provenAt = deps.elapsed();
      since = deps.now();
    }
    const isSilent = deps.elapsed() - provenAt > deps.afterMs;
    if (hasGoneOn) await deps.ping?.().catch(() => undefined);
    const { system } = deps;
    if (isSilent) await tell('silent', silentWord({ since, seen, system }));
    // Not before a beat has shown that it is over.
    else if (hasGoneOn) await tell('processing', processingWord({ system }));
    return isSilent ? 'silent' : 'processing';
  };

  async function tell(state: WatchState, word: Word): Promise<void> {
    if (said === state) return;
    const claim = await deps.claim(state).catch(() => null);
    if (claim === 'busy') return; // looked at again next time: whoever has the word may die with it
    if (claim === null && state === 'processing' && said === null) return; // another may have said that it was silent
    const sayIt =
      claim === 'mine' || (claim === null && state === 'silent') || (state === 'processing' && alone);
    if (sayIt && !(await say(state, word))) return; // tried again at the next look
    if (claim === 'mine') await deps.noteSaid(state).catch(() => undefined);
    alone = state === 'silent' && claim === null;
    said = state;
  }

  async function say(state: WatchState, word: Word): Promise<boolean> {
    const answers = await deps.route.say(word);
    const fields = { state, answers };
    if (state === 'silent') deps.log.error(fields, 'nothing is processed');
    else deps.log.info(fields, 'processing goes on');
    return deps.route.ways === 0 || answers.some(({ isTaken }) => isTaken);
  }
}
