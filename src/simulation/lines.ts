import type { Entry, EntryData } from '../incident/entry.ts';
import type { Instant } from '../incident/instant.ts';
import type { DeliveryResult, NoticeKind } from '../incident/notice.ts';

/** What happens in one line: a duty opens, its limit is over, or somebody is told, and why. */
export type SimulatedWhat = 'opened' | 'overdueNow' | NoticeKind;

/** One line of a simulation. */
export interface SimulatedLine {
  /** The same in every simulation for the same telling: stage, opening, line, step and repeat. */
  key: string;
  at: Instant;
  /** Whole minutes since the report. */
  minutes: number;
  what: SimulatedWhat;
  stage: string;
  stageName: string;
  clause: string;
  source: 'plan' | 'statutory' | 'local';
  /** The plan's own word for how soon; null where it has none. */
  planText: string | null;
  /** The bureau's own limit, ISO 8601; null: 未载明. */
  within: string | null;
  /** Opened because nobody answered. */
  automatic: boolean;
  /** What is to be done. */
  duty: string;
  /** A party of the plan and its name there; null where nobody is told. */
  party: string | null;
  partyName: string | null;
  outside: boolean;
  /** A person of the organisation by id and name; null where there is nobody, or nobody is told. */
  person: string | null;
  personName: string | null;
  /** By which method they are told. */
  by: string | null;
  result: DeliveryResult | null;
}

interface Reading {
  minutesAfter(instant: Instant): number;
  nameOf(person: string): string;
  planText(stage: EntryData['stageOpened']): string | null;
}

type Opened = EntryData['stageOpened'];

/** The lines of a timeline that tell when a duty opens, when it is overdue, and who is told. */
export function linesOf(timeline: Entry[], reading: Reading): SimulatedLine[] {
  const openings = new Map<string, Opened>();
  const settled = new Map<string, EntryData['messageSettled']>();
  for (const { kind, data } of timeline) {
    if (kind === 'stageOpened') openings.set(openingOf(data), data);
    if (kind === 'messageSettled') settled.set(data.key, data);
  }
  return timeline.flatMap(({ at, kind, data }): SimulatedLine[] => {
    if (kind !== 'stageOpened' && kind !== 'stageOverdue' && kind !== 'messageSent') return [];
    const stage = openings.get(openingOf(data));
    if (!stage) return [];
    const line = { at, minutes: reading.minutesAfter(at), ...ofStage(stage, reading) };
    if (kind === 'messageSent') return [{ ...line, ...telling(data, settled.get(data.key), reading) }];
    const what = kind === 'stageOpened' ? 'opened' : 'overdueNow';
    return [{ ...line, key: `${openingOf(data)}/${what}`, what }];
  });
}

const openingOf = ({ stageId, opening }: { stageId: string; opening: number }): string =>
  `${stageId}/${opening}`;

const ofStage = (stage: Opened, { planText }: Reading) => ({
  stage: stage.stage,
  stageName: stage.stageName,
  clause: stage.clause,
  source: stage.source,
  planText: planText(stage),
  within: stage.within,
  automatic: stage.automatic,
  duty: stage.duty,
  party: null,
  partyName: null,
  outside: false,
  person: null,
  personName: null,
  by: null,
  result: null,
});

function telling(
  sent: EntryData['messageSent'],
  settled: EntryData['messageSettled'] | undefined,
  { nameOf }: Reading,
) {
  const person = settled?.person ?? null;
  return {
    key: sent.key.slice(sent.key.indexOf('/') + 1),
    what: sent.kind,
    duty: sent.duty,
    party: sent.party,
    partyName: sent.partyName,
    outside: sent.outside,
    person,
    personName: person === null ? null : nameOf(person),
    by: settled?.channel ?? null,
    result: settled?.result ?? null,
  };
}
