import type { EntryData, EntryKind } from '../incident/entry.ts';
import { toMs, type Instant } from '../incident/instant.ts';
import type { PlanStage } from '../plan/part.ts';
import { participationOf, type Participation } from './participation.ts';
import { reportScore, type ElementScore } from './report-score.ts';
import type { Truth } from './scenario.ts';

/** A line of a timeline, as far as it is looked at; personal values are not. */
export interface ScoredEntry {
  at: Instant;
  kind: EntryKind;
  data: Record<string, unknown>;
}

/** What a drill's incident is scored from. Pure data: nothing here asks a clock or a register. */
export interface ScoreSource {
  timeline: ScoredEntry[];
  /** The plan's own rule of a stage, on the real clock; null where it has none. */
  rule(branch: string, stage: string): PlanStage | null;
  pace: number;
  truth: Truth;
  /** What reports said, the last last: null is 正在核实. */
  reports: Record<string, string | null>[];
  /** Who was to take part, by id. */
  participants: string[];
}

/** How one party was told, in the drill's own time. `none`: nobody was to confirm. */
export interface ToldScore {
  party: string;
  partyName: string;
  outside: boolean;
  result: 'told' | 'withheld' | 'notDelivered';
  /** From the duty's opening to the first delivery. */
  toldMs: number | null;
  confirmed: 'within' | 'later' | 'open' | 'none';
  confirmMs: number | null;
  limitMs: number | null;
}

export interface StageScore {
  stageId: string;
  stageName: string;
  clause: string;
  planText: string | null;
  told: ToldScore[];
  /** `noLimit`: evidence is there and 未载明 by when; `open`: none when the drill ended; `dropped`: another branch or event ended it. */
  evidence: 'within' | 'later' | 'noLimit' | 'open' | 'dropped';
  outcome: string | null;
  evidenceMs: number | null;
  limitMs: number | null;
}

/** Facts of one drill incident against the plan; no marks, no ranks. */
export interface IncidentScore {
  stages: StageScore[];
  report: ElementScore[];
  people: Participation[];
}

/** The score of a whole drill, as it is kept: by office, and counted together. */
export interface DrillScore {
  pace: number;
  offices: { office: string; incident: string; number: string | null; score: IncidentScore }[];
}

type Opened = EntryData['stageOpened'];
type Sent = EntryData['messageSent'];

const NOT_EVIDENCE = ['superseded', 'lapsed', 'closed'];

/** Scores one incident of a drill from its timeline. Times are the drill's own: real ones multiplied by its pace. */
export function scoreIncident(source: ScoreSource): IncidentScore {
  const { timeline, truth, reports } = source;
  return {
    stages: timeline
      .filter(({ kind }) => kind === 'stageOpened')
      .map(({ at, data }) => stageScore(source, at, data as unknown as Opened)),
    report: reportScore(truth, reports),
    people: participationOf(source),
  };
}

function stageScore(source: ScoreSource, at: Instant, opened: Opened): StageScore {
  const { timeline, pace } = source;
  const rule = source.rule(branchOf(timeline, opened.entry, at), opened.stage);
  const begins = opened.startsAt ?? at;
  const ended = timeline.find(({ kind, data }) => kind === 'stageEnded' && isOf(opened, data));
  const outcome = ended ? String(ended.data['outcome']) : null;
  const evidenceMs = ended ? span(begins, ended.at, pace) : null;
  const limitMs = rule?.within?.ms ?? null;
  return {
    stageId: opened.stageId,
    stageName: opened.stageName,
    clause: opened.clause,
    planText: opened.planText,
    told: toldScores(source, begins, opened, rule),
    evidence: evidenceOf(outcome, evidenceMs, limitMs),
    outcome: outcome !== null && !NOT_EVIDENCE.includes(outcome) ? outcome : null,
    evidenceMs,
    limitMs,
  };
}

/** The branch that stood when the stage was opened: of entry 0, which is the incident's own, the one of then. */
function branchOf(timeline: ScoredEntry[], entry: number, at: Instant): string {
  const entered = timeline.filter(({ kind }) => kind === 'branchEntered');
  const own = entered.find(({ data }) => data['entry'] === entry);
  const then = entered.filter((each) => toMs(each.at) <= toMs(at)).at(-1);
  return String((own ?? then ?? entered[0])?.data['branch'] ?? '');
}

function evidenceOf(outcome: string | null, ms: number | null, limitMs: number | null) {
  if (outcome === null || outcome === 'closed') return 'open';
  if (NOT_EVIDENCE.includes(outcome)) return 'dropped';
  if (limitMs === null) return 'noLimit';
  return isWithin(ms!, limitMs) ? 'within' : 'later';
}

function toldScores(
  source: ScoreSource,
  begins: Instant,
  opened: Opened,
  rule: PlanStage | null,
): ToldScore[] {
  const sent = source.timeline.filter(({ kind, data }) => kind === 'messageSent' && isOf(opened, data));
  const lines = [...new Set(sent.map(({ data }) => String(data['line'])))].filter(
    (line) => !line.includes(':'),
  );
  return lines.map((line) => {
    const first = sent.find(({ data }) => data['line'] === line)!.data as unknown as Sent;
    return toldScore(source, begins, opened, { line, first, rule });
  });
}

function toldScore(
  { timeline, pace }: ScoreSource,
  begins: Instant,
  opened: Opened,
  { line, first, rule }: { line: string; first: Sent; rule: PlanStage | null },
): ToldScore {
  const keys = new Set(
    timeline.filter((each) => each.kind === 'messageSent' && isOnLine(opened, line, each)).map(keyOf),
  );
  const settled = timeline.filter((each) => each.kind === 'messageSettled' && keys.has(keyOf(each)));
  const accepted = settled.find(({ data }) => data['result'] === 'accepted');
  const withheld = settled.some(({ data }) => data['result'] === 'withheld');
  const answer = timeline.find((each) => RECEIPTS.includes(each.kind) && isOnLine(opened, line, each));
  const confirmMs = answer ? span(begins, answer.at, pace) : null;
  const limitMs = rule?.tells.find(({ party }) => party === line)?.receiptWithin?.ms ?? null;
  return {
    party: line,
    partyName: first.partyName,
    outside: first.outside,
    result: accepted ? 'told' : withheld ? 'withheld' : 'notDelivered',
    toldMs: accepted ? span(begins, accepted.at, pace) : null,
    confirmed: confirmedOf(confirmMs, limitMs, withheld),
    confirmMs,
    limitMs,
  };
}

const RECEIPTS: EntryKind[] = ['acknowledged', 'arrived', 'receiptRegistered'];

function confirmedOf(ms: number | null, limitMs: number | null, withheld: boolean): ToldScore['confirmed'] {
  if (ms !== null) return limitMs === null || isWithin(ms, limitMs) ? 'within' : 'later';
  return withheld || limitMs === null ? 'none' : 'open';
}

const keyOf = ({ data }: ScoredEntry): string => String(data['key']);
const isOnLine = (opened: Opened, line: string, { data }: ScoredEntry): boolean =>
  isOf(opened, data) && data['line'] === line;
const isOf = ({ stageId, opening }: Opened, data: Record<string, unknown>): boolean =>
  data['stageId'] === stageId && data['opening'] === opening;
const span = (from: Instant, to: Instant, pace: number): number => (toMs(to) - toMs(from)) * pace;
const isWithin = (ms: number, limitMs: number): boolean => ms <= limitMs;
