/**
 * A UTC instant as ISO 8601 text with milliseconds, e.g. `2026-03-04T01:20:00.000Z`.
 * Pure: nothing here reads a clock, so workflows may use all of it.
 */
export type Instant = string;

/** The instant `ms` milliseconds after `instant`. */
export const plus = (instant: Instant, ms: number): Instant => toInstant(toMs(instant) + ms);

/** Milliseconds from `earlier` to `later`; negative when they stand the other way round. */
export const msBetween = (earlier: Instant, later: Instant): number => toMs(later) - toMs(earlier);

/** Milliseconds since the epoch. Throws `RangeError` on text that is no instant. */
export function toMs(instant: Instant): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${instant}`);
  return ms;
}

/** The instant at `ms` milliseconds since the epoch. */
export const toInstant = (ms: number): Instant => new Date(ms).toISOString();

/** The earliest of some instants, or null when there is none. */
export function earliest(instants: Iterable<Instant | null>): Instant | null {
  let first: Instant | null = null;
  for (const instant of instants) {
    if (instant !== null && (first === null || toMs(instant) < toMs(first))) first = instant;
  }
  return first;
}

/** Times are kept in UTC and shown to people in the one zone China has, on a 24-hour clock. */
export const SHOWN_TIME_ZONE = 'Asia/Shanghai';
