import type { PlanPart } from '../plan/part.ts';
import type { ActedBy, Anchor, IncidentId, MessageKey, StageId } from './ids.ts';
import type { ClosedAs, DrillEnd, DrillOrderRef, Entry, EntryData, Safety, SubjectOutcome } from './entry.ts';
import type { Instant } from './instant.ts';
import type { Measure } from './measures.ts';
import type { Notice, NumberSeries } from './notice.ts';

/**
 * Which clock a line of a stage runs on.
 * - `receipt`: this party has not confirmed; stops with the receipt
 * - `overdue`: the stage's limit is over; stops only with evidence
 * - `remind`: a duty without a limit is told again; stops only with evidence
 */
export type LineClock = 'receipt' | 'overdue' | 'remind';

/** One ladder being climbed: who was told last, and when the next telling is due. */
export interface LineState {
  /** The party's key, with `:overdue` or `:remind` for the clocks other than the receipt's. */
  line: string;
  clock: LineClock;
  /** The party this line is about (rung 0). */
  party: string;
  rung: number;
  repeat: number;
  /** Absolute, so that a stage can be picked up again by another run; null once nothing is to be told. */
  nextAt: Instant | null;
  /** Who confirmed first. */
  acknowledged: ActedBy | null;
  /** Which of its messages are confirmed, so that pressing twice is one receipt. */
  confirmed: MessageKey[];
  /** By which of their methods, from 0, the person last told was tried last. */
  method?: number;
  /** The person last told is tried by this method of theirs if they have not answered by then. */
  further?: { person: string; method: number; at: Instant } | null;
  /** A message reported as missed before its sending had ended. */
  missedEarly?: MessageKey | null;
  /** Delivery reports that were taken, as key and status. */
  reported?: string[];
  /** What was answered to single messages of this line; absent where nothing was. */
  answers?: Record<MessageKey, MessageAnswers>;
}

/** When each answer to one message was recorded: each counts once. */
export interface MessageAnswers {
  received?: Instant;
  arrived?: Instant;
  declined?: Instant;
  /** Its link is void. */
  revoked?: Instant;
  /** The receipt came by phone, on paper or face to face: it stands when the link is revoked. */
  registered?: boolean;
}

/**
 * How a stage ended: one of the plan's outcomes, or `superseded` (the branch was left), `lapsed` (what it was for has ended
 * before it began), or `closed` (with the incident).
 */
export interface StageEnd {
  outcome: string;
  at: Instant;
  by: string | null;
}

export interface StageState {
  id: StageId;
  stage: string;
  opening: number;
  openedAt: Instant;
  /** When it begins, where that is later than it was opened; else null. */
  startsAt: Instant | null;
  /** Opened because nobody answered. */
  automatic: boolean;
  /** The owner that an act gave it; null: the plan's. */
  owner: string | null;
  /** How often it has gone on by an outcome that continues. */
  turns: number;
  /** Null: 未载明, never overdue. */
  dueAt: Instant | null;
  overdueAt: Instant | null;
  ended: StageEnd | null;
  /** 接管: reminders go to this person. */
  holder: string | null;
  lines: LineState[];
  /** Which report or instruction it is about; absent for a duty that the plan describes by itself. */
  about?: About;
}

/** What an instance of a stage is about, free of anything personal: it stands in messages. */
export interface About {
  /** 首报, 续报一 …; follows the stage's name. */
  name: string;
  /** 续报一已签发; stands before the duty. Empty: nothing does. */
  says: string;
}

export interface ClosingProposal {
  by: string;
  at: Instant;
  as: 'responseEnded' | 'falseAlarm';
  /** Duties that were open when it was proposed: the approval ends them too. */
  openStages: StageId[];
}

/**
 * Everything an incident carries from run to run: plain data, no identity. Stages are keyed by branch entry and stage
 * (`2.policeCall`); a stage that is opened again counts its openings.
 */
export interface IncidentState {
  incidentId: IncidentId;
  drill: boolean;
  office: string;
  number: string | null;
  numberSeries: NumberSeries;
  /** How many branches have been entered; the present one is this. */
  entry: number;
  /** How this branch came to be entered, until the run that enters it has noted so. */
  entering: { by: string | null; chosen: 'plan' | 'person'; reason: string | null } | null;
  /** Who chose the present branch; null when the event type did. */
  chosenBy: string | null;
  /** Stages of earlier branches that this one goes on with, by stage key. */
  carried: Record<string, StageId>;
  stages: Record<string, StageState>;
  /** 仍在处置: person → until when they are not reminded. */
  quiet: Record<string, Instant>;
  /** Messages decided on and not yet settled: the next run sends them under the same key. */
  sending: Record<string, Notice>;
  /** Entries not yet known to stand in the register. */
  outbox: Entry[];
  /** The last entry's number. */
  seq: number;
  anchor: Anchor;
  proposal: ClosingProposal | null;
  closed: (ActedBy & { as: ClosedAs }) | null;
  /** The incident this one is a sub-case of. */
  parent: IncidentId | null;
  /** Subjects by number, from 1; no identity. */
  subjects: Record<number, { safety: Safety; outcome: SubjectOutcome | null }>;
  /** How many reports were recorded after the first, and how many corrective actions were asked for. */
  counts: {
    reports: number;
    correctiveActions: number;
    /** The same of each other measure; absent where there is none. */
    measures?: Partial<Record<Measure, number>>;
  };
  /** Sub-cases by id: how each ended, null while it is open. */
  subCases: Record<IncidentId, ClosedAs | null>;
  /** Sub-cases decided on and not yet started: the next run starts them. */
  starting: { plan: PlanPart; report: Report }[];
  /** Acts on documents that stand in the timeline; absent where there are none. */
  documents?: string[];
  /** Attachments that stand in the timeline; absent where there are none. */
  attachments?: string[];
  /** The drill order it is carried out for; absent where there is none. */
  drillOrder?: DrillOrderRef;
  /** The drill is over, and nothing but its papers goes on; absent while it runs. */
  drillEnded?: { as: DrillEnd; at: Instant };
  /** How many scenes were played in; absent before the first. */
  injects?: number[];
  /** Reports that were sent, each document once unsigned and once signed: where its receipts are waited for. Absent where none was. */
  sendings?: Record<string, Sending>;
  /** How many instructions of leaders were recorded; absent where none was. */
  instructions?: number;
  /** Incidents that were merged into this one. */
  absorbed: IncidentId[];
  /** Earlier runs whose histories are not archived yet. */
  toArchive: string[];
}

/** A report on its way; `stageId` is null where the plan asks for no receipts. */
export interface Sending {
  report: number;
  signed: boolean;
  stageId: StageId | null;
  at: Instant;
}

/** What a judicial office reported, as the first run takes it. Identities and free text stand in `personal` alone. */
export interface Report extends Omit<EntryData['incidentReported'], 'plan'> {
  incidentId: IncidentId;
  personal: Record<string, string>;
}

/** A branch workflow's argument: a new incident, or one that comes from another run. */
export type IncidentInput = { plan: PlanPart } & (
  { report: Report; state?: undefined } | { report?: undefined; state: IncidentState }
);

/** Where an incident stands, for whoever asks. */
export interface Position {
  incidentId: IncidentId;
  number: string | null;
  branch: string;
  entry: number;
  closed: IncidentState['closed'];
  anchor: Anchor;
  /** What happens next if nobody acts, soonest first. */
  next: NextTelling[];
  /** Messages on their way, not yet accepted or refused. */
  unsent: MessageKey[];
  /** How many entries are not yet known to stand in the register. */
  unwritten: number;
  /** The first of them; null where there is none. */
  nextUnwritten?: Pick<Entry, 'seq' | 'kind' | 'at'> | null;
  openStages: StageId[];
  /** Open sub-cases. */
  subCases: IncidentId[];
  absorbed: IncidentId[];
}

export interface NextTelling {
  at: Instant;
  stageId: StageId;
  stageName: string;
  /** `overdue` when the stage's own limit ends then; else a line of it. */
  line: string;
  /** Who is told then, by the plan's name. */
  partyName: string;
}
