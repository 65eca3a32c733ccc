import type { Limit } from '../plan/part.ts';
import type { ClosedAs } from './entry.ts';
import { factTime, fourTimes, type FourTimes, type SaidTime, type TimelineLine } from './four-times.ts';
import { msBetween, type Instant } from './instant.ts';
import { knownElsewhereIn } from './known-elsewhere.ts';

/**
 * Why two times of a report deserve a look (时间差异待核实). None of them says that anybody did anything wrong.
 * - `longBeforeReport`: from discovered to reported it was longer than the bureau's own limit, which alone proves nothing
 * - `knownElsewhere`: another source had known of it before the report came
 * - `contradicted`: what was confirmed later differs from what a report said
 * - `unreported`: the aftermath found a fact that no report had
 */
export const DIFFERENCE_KINDS = ['longBeforeReport', 'knownElsewhere', 'contradicted', 'unreported'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** What somebody verified after a report: kept off the timeline, since it is for the person concerned and their supervisor. */
export interface VerifiedFact {
  id: string;
  kind: 'contradicted' | 'unreported';
  /** Which report, by number; 0 is the first. */
  report: number;
  /** Which of the six elements it is about; null: of none. */
  element: string | null;
  /** Since when it was so, or known. */
  at: Instant;
  by: string;
  /** What was confirmed, and by what source; null once erased. */
  confirmed: string | null;
  source: string | null;
}

/** One of the times that stand side by side. `label` says which it is. */
export type ComparedTime = SaidTime & {
  label: 'discovered' | 'reported' | 'knownElsewhere' | 'toldBefore' | 'verified';
};

export interface TimeDifference {
  /** Stable while its facts stand: `report.0`, `entry.17`, `verified.<id>`. */
  key: string;
  kind: DifferenceKind;
  /** Which report it is about; 0 is the first. */
  report: number;
  /** The times as evidence, each with its source, in the order in which they are to be read. */
  times: ComparedTime[];
  /** The bureau's own limit, where the rule has one: local, and no proof. */
  limit: Limit | null;
  element: string | null;
  /** Who had known; what was confirmed; by what source. Null where it is sealed or was erased, or the rule has none. */
  who: string | null;
  confirmed: string | null;
  source: string | null;
}

export interface Compared {
  timeline: readonly TimelineLine[];
  verified: readonly VerifiedFact[];
  drill: boolean;
  /** Opened under another incident, by us: nobody reported it. */
  isSubCase: boolean;
  closedAs: ClosedAs | null;
  /** The bureau's own limit from discovered to reported; null: 未载明. */
  reportedWithin: Limit | null;
  /** Whether somebody belongs to the office that reported: who corrects their own report makes an honest correction. */
  isOfOffice: (person: string) => boolean;
}

/**
 * The differences between times that deserve a look. Pure. A false alarm (误报) has none, whatever its times; nor has a drill, a
 * sub-case, or a second report of an event that another incident goes on with.
 */
export function timeDifferences(compared: Compared): TimeDifference[] {
  const { timeline, drill, isSubCase, closedAs } = compared;
  if (drill || isSubCase || closedAs === 'falseAlarm' || closedAs === 'merged') return [];
  const first = fourTimes(timeline).find(({ of }) => of === 'firstReport');
  if (!first) return [];
  return [
    ...longBeforeReport(first, compared),
    ...knownBefore(first, compared),
    ...correctedByOthers(first, compared),
    ...compared.verified.map((fact) => ofVerified(fact, timeline)),
  ];
}

const NONE = { limit: null, element: null, who: null, confirmed: null, source: null };
const labelled = (label: ComparedTime['label'], time: SaidTime): ComparedTime => ({ ...time, label });
const isBefore = (a: SaidTime, b: SaidTime): boolean =>
  a.at !== null && b.at !== null && msBetween(a.at, b.at) > 0;

function longBeforeReport(first: FourTimes, { reportedWithin }: Compared): TimeDifference[] {
  const { discovered, reported } = first;
  if (!reportedWithin || discovered.at === null || reported.at === null) return [];
  if (msBetween(discovered.at, reported.at) <= reportedWithin.ms) return [];
  const times = [labelled('discovered', discovered), labelled('reported', reported)];
  return [{ ...NONE, key: 'report.0', kind: 'longBeforeReport', report: 0, times, limit: reportedWithin }];
}

function knownBefore(first: FourTimes, { timeline }: Compared): TimeDifference[] {
  return timeline.flatMap((line): TimeDifference[] => {
    const told = knownElsewhereIn(line);
    if (!told) return [];
    const known: SaidTime = { at: told.at, source: 'elsewhere', by: told.by, channel: null, seq: line.seq };
    if (!isBefore(known, first.reported)) return [];
    const times = [
      ...(first.discovered.at === null ? [] : [labelled('discovered', first.discovered)]),
      labelled('knownElsewhere', known),
      labelled('reported', first.reported),
    ];
    const { who, source } = told;
    const key = `entry.${line.seq}`;
    return [{ ...NONE, key, kind: 'knownElsewhere', report: 0, times, who, source }];
  });
}

/** Somebody of another body confirmed that it was discovered earlier than the report says. */
function correctedByOthers(first: FourTimes, { timeline, isOfOffice }: Compared): TimeDifference[] {
  const { discovered, reported } = first;
  if (discovered.source !== 'laterFact' || isOfOffice(discovered.by ?? '')) return [];
  const before = factTime(
    timeline.filter(({ seq }) => seq < discovered.seq!),
    'discoveredAt',
  );
  if (!isBefore(discovered, before)) return [];
  const times = [
    labelled('toldBefore', before),
    labelled('verified', discovered),
    labelled('reported', reported),
  ];
  return [
    { ...NONE, key: `entry.${discovered.seq}`, kind: 'contradicted', report: 0, element: 'time', times },
  ];
}

function ofVerified(fact: VerifiedFact, timeline: readonly TimelineLine[]): TimeDifference {
  const { id, kind, report, element, at, by, confirmed, source } = fact;
  const told = fourTimes(timeline).find((row) => row.id === `report.${report}`);
  const verified: SaidTime = { at, source: 'elsewhere', by, channel: null, seq: null };
  const times = [labelled('verified', verified), ...(told ? [labelled('reported', told.reported)] : [])];
  return { ...NONE, key: `verified.${id}`, kind, report, element, times, confirmed, source };
}
