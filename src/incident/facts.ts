import { DateTime } from 'luxon';
import { SHOWN_TIME_ZONE, toInstant, toMs, type Instant } from './instant.ts';

/** A time as somebody gave it, and what could be made of it. */
export interface GivenTime {
  instant: Instant | null;
  /** What was written, when it is no time: kept, never a reason to refuse an alarm. */
  unreadable: string | null;
}

/** Reads ISO 8601 with an offset (`2026-03-07T02:13:00+08:00`); without one the time is taken as China's. */
export function readTime(given: string | number | null | undefined): GivenTime {
  const text = String(given ?? '');
  if (!text.trim()) return { instant: null, unreadable: null };
  const looksLikeOne = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text.trim());
  // Strict about the calendar, as Date is not: there is no 30 February.
  const time = DateTime.fromISO(text.trim(), { zone: SHOWN_TIME_ZONE });
  if (!looksLikeOne || !time.isValid) return { instant: null, unreadable: text };
  return { instant: toInstant(time.toMillis()), unreadable: null };
}

/** What a report may hold besides office and situation, as far as it was given. */
export interface GivenFacts {
  eventType: string | null;
  place: string | null;
  occurredAt: Instant | null;
  discoveredAt: Instant | null;
  subjects: { name?: string | null }[];
  measuresTaken: string | null;
  source: string | null;
  reporter: { name?: string | null; phone?: string | null } | null;
}

/** The facts that a formal report will need and this one lacks, by field name. */
export function missingFacts(facts: GivenFacts): string[] {
  const isThere: Record<string, unknown> = {
    eventType: facts.eventType,
    place: facts.place,
    occurredAt: facts.occurredAt,
    discoveredAt: facts.discoveredAt,
    subjects: facts.subjects.length,
    measuresTaken: facts.measuresTaken,
    source: facts.source,
    'reporter.name': facts.reporter?.name,
    'reporter.phone': facts.reporter?.phone,
  };
  const nameless = facts.subjects.flatMap(({ name }, index) => (name ? [] : [`subject.${index + 1}.name`]));
  return [...Object.keys(isThere).filter((name) => !isThere[name]), ...nameless];
}

/** How far ahead a reporter's clock may run before a time counts as in the future. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** What about the times deserves a look, as stable codes. They are kept as given: a mark accuses nobody. */
export function timeMarks(
  facts: Pick<GivenFacts, 'occurredAt' | 'discoveredAt'>,
  receivedAt: Instant,
): string[] {
  const isFuture = (instant: Instant | null): boolean =>
    !!instant && toMs(instant) > toMs(receivedAt) + CLOCK_TOLERANCE_MS;
  const { occurredAt, discoveredAt } = facts;
  return [
    ...(isFuture(occurredAt) ? ['occurredInFuture'] : []),
    ...(isFuture(discoveredAt) ? ['discoveredInFuture'] : []),
    ...(occurredAt && discoveredAt && toMs(discoveredAt) < toMs(occurredAt)
      ? ['discoveredBeforeOccurred']
      : []),
  ];
}
