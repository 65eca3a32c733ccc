import type { Entry } from './entry.ts';

/** Roughly how many bytes entries take on their way, counting three for each character: most of ours are Chinese. */
export const outboxSize = (entries: Entry[]): number => JSON.stringify(entries).length * 3;

/**
 * How long the record waits for messages under way, which may hang for minutes. Longer than a mail server usually takes, so
 * that the wait seldom ends in the very moment the last message does: the time-skipping server loses the incident then. Not a
 * round number: by it the story tells this wait from the timers of deadlines.
 */
export const SENDS_FIRST_MS = 2_999;

/** A payload may have two million bytes. */
const BATCH_SIZE = 400_000;
const BATCH_ENTRIES = 100;

/** The entries to write next: as many as one batch may hold, and always one. */
export function nextBatch(outbox: Entry[]): Entry[] {
  let size = 0;
  const end = outbox.findIndex((entry, index) => {
    size += outboxSize([entry]);
    return index > 0 && (size > BATCH_SIZE || index >= BATCH_ENTRIES);
  });
  return end < 0 ? outbox : outbox.slice(0, end);
}
