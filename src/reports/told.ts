import type { EntryData } from '../incident/entry.ts';
import { knownFacts } from '../incident/facts.ts';
import type { Instant } from '../incident/instant.ts';
import {
  eachElement,
  fromFacts,
  type Element,
  type Fact,
  type Facts,
  type ToldElements,
} from './elements.ts';

/** An entry of a timeline, with the names of its personal values. */
export interface ChainEntry {
  seq: number;
  at: Instant;
  kind: string;
  data: Record<string, unknown>;
  personal: string[];
}

/** What a chain is read from. `personal` is null for a reader of no identities, who sees what was told and not what it says. */
export interface ChainSource {
  incident: { receivedAt: Instant; subjects: number };
  timeline: readonly ChainEntry[];
  personal: ReadonlyMap<number, Record<string, string | null>> | null;
  /** What an event type is called. */
  eventTypeName(key: string): string;
}

/** A report as it was told. */
export interface ToldReport {
  report: number;
  kind: EntryData['reportRecorded']['kind'];
  /** The entry it stands in; that of the alarm for a first report that nobody has written down. */
  seq: number;
  at: Instant;
  /** Null for the alarm itself. */
  by: string | null;
  /** When what it says reached the office. */
  learntAt: Instant | null;
  source: string | null;
  text: string | null;
  elements: ToldElements;
}

type Recorded = EntryData['reportRecorded'];

/** The reports of an incident in their order, the first first, each with its six elements. Pure. */
export function toldReports(source: ChainSource): ToldReport[] {
  const entries = source.timeline.filter(({ kind }) => kind === 'reportRecorded');
  const ofReport = (nr: number) => entries.findLast(({ data }) => data.report === nr);
  const numbers = [...new Set(entries.map(({ data }) => Number(data.report)))].filter((nr) => nr > 0);
  const reports = [first(source, ofReport(0)), ...numbers.map((nr) => recorded(source, ofReport(nr)!))];
  for (const [index, { elements, at }] of reports.entries()) {
    const before = reports[index - 1]?.elements;
    for (const [name, element] of Object.entries(elements)) {
      if (element.state === 'verifying')
        element.since = before?.[name as Element].since ?? (index === 0 ? source.incident.receivedAt : at);
    }
  }
  return reports;
}

function recorded({ personal }: ChainSource, { seq, at, data, personal: names }: ChainEntry): ToldReport {
  const { report, kind, by, verifyingUntil = {}, unchanged = [], learntAt } = data as unknown as Recorded;
  const said = personal?.get(seq) ?? {};
  return {
    report,
    kind,
    seq,
    at,
    by,
    learntAt: learntAt ?? null,
    source: said['source'] ?? null,
    text: said['text'] ?? null,
    elements: eachElement((name) => {
      const isTold = names.includes(`element.${name}`);
      const state = isTold ? 'told' : unchanged.includes(name) ? 'unchanged' : 'verifying';
      const until = state === 'verifying' ? (verifyingUntil[name] ?? null) : null;
      return { state, value: said[`element.${name}`] ?? null, since: null, until };
    }),
  };
}

/** What was taken in; where somebody has written it down since, as they did. */
function first(source: ChainSource, written: ChainEntry | undefined): ToldReport {
  const { incident, personal } = source;
  const facts = factsUpTo(source, 1);
  const alarm = {
    report: 0,
    kind: 'firstReport' as const,
    seq: 1,
    at: incident.receivedAt,
    by: null,
    learntAt: incident.receivedAt,
    text: null,
    source: facts.get('source')?.value ?? null,
  };
  const asTaken = (name: Element) => fromFacts(name, facts, aboutOf(source, 1));
  if (!written)
    return {
      ...alarm,
      elements: eachElement((name) => {
        const fact = asTaken(name);
        return { state: fact ? 'told' : 'open', value: fact?.value ?? null, since: null, until: null };
      }),
    };
  const down = recorded(source, written);
  for (const [name, element] of Object.entries(down.elements)) {
    if (element.state === 'unchanged' && personal) element.value = asTaken(name as Element)?.value ?? null;
  }
  return { ...alarm, ...down, learntAt: incident.receivedAt, source: down.source ?? alarm.source };
}

/** The facts as they stood with an entry; of a reader of no identities their names alone. */
export function factsUpTo({ timeline, personal }: ChainSource, seq: number): Facts {
  const told = timeline.filter((entry) => entry.seq <= seq);
  const values = new Map(
    told.map((entry) => [
      entry.seq,
      personal?.get(entry.seq) ?? Object.fromEntries(entry.personal.map((name) => [name, null])),
    ]),
  );
  const facts = new Map<string, Fact>(knownFacts(values));
  // The times of the alarm stand in its entry and not among the personal values.
  const alarm = told[0]?.data as Partial<EntryData['incidentReported']> | undefined;
  for (const name of ['occurredAt', 'discoveredAt'] as const) {
    const value = alarm?.[name];
    if (value && !facts.has(name)) facts.set(name, { value, seq: 1 });
  }
  return facts;
}

/** What of the incident itself says an element, as it stood with an entry. */
export function aboutOf(
  { timeline, eventTypeName }: Pick<ChainSource, 'timeline' | 'eventTypeName'>,
  seq: number,
): { eventType: string | null; subjects: number } {
  const alarm = timeline[0]?.data as Partial<EntryData['incidentReported']> | undefined;
  const added = timeline.filter((entry) => entry.kind === 'subjectAdded' && entry.seq <= seq).length;
  return {
    eventType: alarm?.eventType ? eventTypeName(alarm.eventType) : null,
    subjects: (alarm?.subjects ?? 0) + added,
  };
}
