import type { EntryData, EntryKind, ReceiptChannel } from './entry.ts';
import { knownElsewhereIn } from './known-elsewhere.ts';
import { toMs, type Instant } from './instant.ts';

/** One line of a timeline. `personal` is there where identities were opened for this reader; a value is null once erased. */
export interface TimelineLine {
  seq: number;
  at: Instant;
  kind: EntryKind;
  data: Record<string, unknown>;
  personal?: Record<string, string | null> | undefined;
}

/**
 * Whose word a time is.
 * - `officeReport`: the office's own report
 * - `laterFact`: told or corrected later (`by`)
 * - `apiClock`: the system's clock, when the report was taken
 * - `workflowClock`: the system's clock, when it was recorded or sent
 * - `receiptLink`: whoever opened the receipt link (`by`)
 * - `registered`: 代录, by `by` at the word of whoever called, over `channel`
 * - `caller`: what the caller said, recorded by `by`
 * - `elsewhere`: another source (他处知悉), recorded by `by`
 * - `unknown`: nobody has said it
 */
export type TimeSource =
  | 'officeReport'
  | 'laterFact'
  | 'apiClock'
  | 'workflowClock'
  | 'receiptLink'
  | 'registered'
  | 'caller'
  | 'elsewhere'
  | 'unknown';

/** A time and whose word it is. `at` is null where nobody has said it, or where it is sealed from this reader. */
export interface SaidTime {
  at: Instant | null;
  source: TimeSource;
  /** The person of ours whose word or record it is, by id. */
  by: string | null;
  /** How a registered receipt came; null otherwise. */
  channel: ReceiptChannel | null;
  /** The entry of the timeline that says it; null for a time that nobody has said. */
  seq: number | null;
}

/** What the four times are about. */
export type TimesOf =
  | 'firstReport'
  | 'followUpReport'
  | 'finalReport'
  | 'supplementaryReport'
  | 'mergedReport'
  | 'message'
  | 'call'
  | 'knownElsewhere';

/** The four times of one report or of one recipient. */
export interface FourTimes {
  /** Stable: `report.0`, a message's key, `entry.17`. */
  id: string;
  of: TimesOf;
  /** Whom it went to, by the plan's key and name; null for a report as such. */
  party: string | null;
  partyName: string | null;
  person: string | null;
  /** The stage that told them; null for what is of no stage. */
  stageId: string | null;
  occurred: SaidTime;
  discovered: SaidTime;
  reported: SaidTime;
  received: SaidTime;
}

export const UNSAID: SaidTime = { at: null, source: 'unknown', by: null, channel: null, seq: null };

const said = (
  at: Instant | null,
  source: TimeSource,
  seq: number,
  { by = null, channel = null }: Partial<Pick<SaidTime, 'by' | 'channel'>> = {},
): SaidTime => (at === null ? UNSAID : { at, source, by, channel, seq });

/**
 * Occurred, discovered, reported, received: of every report, and for everybody who was told, each with its source. Pure; in the
 * order of the timeline. Times that were corrected later are those of the correction; one that is sealed from this reader has no
 * `at` and names its source all the same.
 */
export function fourTimes(timeline: readonly TimelineLine[]): FourTimes[] {
  const ground = {
    occurred: factTime(timeline, 'occurredAt'),
    discovered: factTime(timeline, 'discoveredAt'),
  };
  return timeline.flatMap((line): FourTimes[] => {
    const row = rowOf(timeline, line);
    return row ? [{ ...ground, ...row }] : [];
  });
}

type Row = Omit<FourTimes, 'occurred' | 'discovered'> & Partial<Pick<FourTimes, 'discovered'>>;
const nobody = { party: null, partyName: null, person: null, stageId: null };

type RowOf = (line: TimelineLine, timeline: readonly TimelineLine[]) => Row | null;

const rowOf = (timeline: readonly TimelineLine[], line: TimelineLine): Row | null =>
  ROWS[line.kind]?.(line, timeline) ?? null;

const dataOf = <K extends EntryKind>(line: TimelineLine): EntryData[K] =>
  line.data as unknown as EntryData[K];

/** Phoned in, it was reported when the caller said it; else when it was sent, which is when it was taken. */
function firstReport(line: TimelineLine): Row {
  const { receivedAt, onBehalf } = dataOf<'incidentReported'>(line);
  const taken = said(receivedAt, 'apiClock', line.seq);
  const phoned = onBehalf?.calledAt
    ? said(onBehalf.calledAt, 'caller', line.seq, { by: onBehalf.registeredBy })
    : null;
  return { id: 'report.0', of: 'firstReport', ...nobody, reported: phoned ?? taken, received: taken };
}

/** A report up the line is told to parties by messages, which have their own rows: nobody's receipt is its own. */
function laterReport({ seq, at, data }: TimelineLine): Row {
  const { report, kind, by } = data as unknown as EntryData['reportRecorded'];
  const reported = said(at, 'workflowClock', seq, { by });
  return { id: `report.${report}`, of: kind, ...nobody, reported, received: UNSAID };
}

function mergedReport(line: TimelineLine): Row {
  const { receivedAt } = dataOf<'incidentAbsorbed'>(line);
  const taken = said(receivedAt, 'apiClock', line.seq);
  return { id: `entry.${line.seq}`, of: 'mergedReport', ...nobody, reported: taken, received: taken };
}

function message({ seq, at, data }: TimelineLine, timeline: readonly TimelineLine[]): Row {
  const { key, party, partyName, stageId } = data as unknown as EntryData['messageSent'];
  const settled = timeline.find(({ kind, data: { key: of } }) => kind === 'messageSettled' && of === key);
  return {
    id: key,
    of: 'message',
    party,
    partyName,
    stageId,
    person: (settled?.data.person as string | null | undefined) ?? null,
    reported: said(at, 'workflowClock', seq),
    received: receiptOf(timeline, key),
  };
}

const RECEIPTS: EntryKind[] = ['acknowledged', 'arrived', 'receiptRegistered'];

/** The first receipt counts, by link or registered. */
function receiptOf(timeline: readonly TimelineLine[], key: string): SaidTime {
  const line = timeline.find(({ kind, data }) => RECEIPTS.includes(kind) && data.key === key);
  if (!line) return UNSAID;
  if (line.kind !== 'receiptRegistered')
    return said(line.at, 'receiptLink', line.seq, { by: dataOf<'acknowledged'>(line).person });
  const { toldAt, by, channel } = dataOf<'receiptRegistered'>(line);
  return said(toldAt, 'registered', line.seq, { by, channel });
}

function call({ seq, data }: TimelineLine): Row {
  const { by, person, party, calledAt, answered } = data as unknown as EntryData['phoneCalled'];
  const reported = said(calledAt, 'caller', seq, { by });
  const received = answered ? reported : UNSAID;
  return {
    id: `entry.${seq}`,
    of: 'call',
    party,
    partyName: null,
    person,
    stageId: null,
    reported,
    received,
  };
}

/** 他处知悉: what another source had known, and when. */
function elsewhere(line: TimelineLine): Row | null {
  const known = knownElsewhereIn(line);
  if (!known) return null;
  const discovered: SaidTime = {
    at: known.at,
    source: 'elsewhere',
    by: known.by,
    channel: null,
    seq: line.seq,
  };
  return {
    id: `entry.${line.seq}`,
    of: 'knownElsewhere' as const,
    party: null,
    partyName: known.who,
    person: null,
    stageId: null,
    discovered,
    reported: UNSAID,
    received: UNSAID,
  };
}

/** What of a timeline has four times, by kind. */
const ROWS: Partial<Record<EntryKind, RowOf>> = {
  incidentReported: firstReport,
  reportRecorded: laterReport,
  incidentAbsorbed: mergedReport,
  messageSent: message,
  phoneCalled: call,
  factsAdded: elsewhere,
};

/** A time as the report gave it or, where somebody told it later, as it was told last. */
export function factTime(timeline: readonly TimelineLine[], name: 'occurredAt' | 'discoveredAt'): SaidTime {
  const first = timeline.find(({ kind }) => kind === 'incidentReported');
  const later = timeline.findLast(
    ({ kind, data }) => kind === 'factsAdded' && (data.names as string[]).includes(name),
  );
  if (later) {
    const at = readable(later.personal?.[name] ?? null);
    return { at, source: 'laterFact', by: String(later.data.by), channel: null, seq: later.seq };
  }
  const given = first ? (first.data[name] as Instant | null) : null;
  return first ? said(readable(given), 'officeReport', first.seq) : UNSAID;
}

/** What cannot be read as a time is kept by the report and compared with nothing. */
function readable(at: Instant | null): Instant | null {
  if (at === null) return null;
  try {
    toMs(at);
    return at;
  } catch {
    return null;
  }
}
