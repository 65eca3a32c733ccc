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

/** The kinds of sentence that community corrections carry out: 管制, 缓刑, 假释, 暂予监外执行. */
export const CORRECTION_TYPES = [
  'publicSurveillance',
  'suspendedSentence',
  'parole',
  'servingOutsidePrison',
  'unknown',
] as const;

/** What is told of one person: as a fact of the incident where there is one subject, else of a subject by number. */
const PERSON_FACTS = ['correctionType', 'decidingAuthority', 'minor', 'enrolled'];
const SUBJECT_FACTS = ['name', 'file', 'phone', ...PERSON_FACTS];

const INCIDENT_FACTS = [
  'situation',
  'place',
  'measuresTaken',
  'source',
  'reporter.name',
  'reporter.phone',
  'occurredAt',
  'discoveredAt',
  ...PERSON_FACTS,
];

/** Facts as the timeline holds them, `null` once erased: each with the entry that said it last. */
export type KnownFacts = ReadonlyMap<string, { value: string | null; seq: number }>;

/**
 * What is known now: of each name the value that was told last, whether in the report or later. `personal` are the personal
 * values of the timeline's entries by `seq`; names other than those of facts (evidence, reasons …) are left out.
 */
export function knownFacts(personal: ReadonlyMap<number, Record<string, string | null>>): KnownFacts {
  const known = new Map<string, { value: string | null; seq: number }>();
  for (const seq of [...personal.keys()].sort((a, b) => a - b)) {
    for (const [name, value] of Object.entries(personal.get(seq)!)) {
      if (isFact(name)) known.set(name, { value, seq });
    }
  }
  return known;
}

const isFact = (name: string): boolean => {
  const ofSubject = /^subject\.\d+\.(\w+)$/.exec(name);
  return ofSubject ? SUBJECT_FACTS.includes(ofSubject[1]!) : INCIDENT_FACTS.includes(name);
};

/** The name under which a fact of a subject, numbered from 1, stands in the timeline. */
export const subjectFact = (nr: number, name: string): string => `subject.${nr}.${name}`;

/** What of the facts that were `missing` in the report nobody has told since; `subjects` is how many there are now. */
export function stillMissing(missing: string[], known: KnownFacts, subjects: number): string[] {
  const numbers = Array.from({ length: subjects }, (_, index) => index + 1);
  const nameless = numbers.map((nr) => subjectFact(nr, 'name')).filter((name) => !known.get(name)?.value);
  const others = missing.filter((name) => !/^subject\.\d+\.name$/.test(name));
  return [
    ...others.filter((name) => (name === 'subjects' ? subjects === 0 : !known.get(name)?.value)),
    ...nameless,
  ];
}

const TIME_MARK = /^(occurred|discovered)(InFuture|BeforeOccurred|AtUnreadable)$/;

/** The marks of a report whose times were corrected since: those about times are made anew. */
export const marksNow = (
  marks: string[],
  times: Pick<GivenFacts, 'occurredAt' | 'discoveredAt'>,
  receivedAt: Instant,
): string[] => [
  ...marks.filter((mark) => !TIME_MARK.test(mark) || (mark.endsWith('Unreadable') && isUnknown(mark, times))),
  ...timeMarks(times, receivedAt),
];

const isUnknown = (mark: string, times: Pick<GivenFacts, 'occurredAt' | 'discoveredAt'>): boolean =>
  (mark.startsWith('occurred') ? times.occurredAt : times.discoveredAt) === null;

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
