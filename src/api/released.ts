import type { Happening } from '../store/happenings.ts';

/** How long a place that nobody has filled is waited for: longer than any transaction of ours takes between its number and its end. */
const GAP_MS = 5_000;

/** A place in the order that is not there (yet), and since when it has been missed. */
export interface Gap {
  pos: number;
  sinceMs: number;
}

/**
 * Which of the rows after `head` may be told: numbers are given out before transactions end, so that a lower one may appear after
 * a higher one. Nothing is told beyond a missing place until it is filled or was missed for too long, so that whoever has heard
 * of one place has heard of all before it.
 */
export function released(
  rows: Happening[],
  head: number,
  gap: Gap | null,
  nowMs: number,
): { happenings: Happening[]; head: number; gap: Gap | null } {
  const happenings: Happening[] = [];
  let at = head;
  for (const row of rows) {
    const missing = at + 1;
    if (row.pos !== missing) {
      const known = gap?.pos === missing ? gap : { pos: missing, sinceMs: nowMs };
      if (nowMs - known.sinceMs < GAP_MS) return { happenings, head: at, gap: known };
    }
    happenings.push(row);
    at = row.pos;
  }
  return { happenings, head: at, gap: null };
}
