import type { IncidentId, MessageKey, StageId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { DeliveryResult, DeliveryStatus, NoticeKind, NumberSeries, Try } from './notice.ts';

/** The plan an incident started under: pinned for its whole life. `hash` is the hex SHA-256 of the plan's file. */
export interface PlanPin {
  key: string;
  edition: string;
  hash: string;
}

/** What an incident knows of its drill order (演练方案). */
export interface DrillOrderRef {
  drill: string;
  /** 1 on the real clock; else every limit of the plan is divided by it. */
  pace: number;
  /** Outside parties that the order names and that agreed in writing: no other is reached. */
  outside: string[];
}

/** Everything that can stand in an incident's timeline, by kind. Free of personal data: that goes into `personal`. */
export interface EntryData {
  incidentReported: {
    plan: PlanPin;
    drill: boolean;
    eventType: string | null;
    office: string;
    /** As reported; null when not given. Kept even when out of order, then named in `marks`. */
    occurredAt: Instant | null;
    discoveredAt: Instant | null;
    /** When the API took the report. */
    receivedAt: Instant;
    /** How many subjects were named. */
    subjects: number;
    /** The incident that this one is a sub-case of; null for one of its own. */
    parent: IncidentId | null;
    /** Facts not yet known, by field name. They block nothing. */
    missing: string[];
    /** What deserves a look, as stable codes, e.g. `occurredInFuture`, `unknownEventType`. */
    marks: string[];
    /** Hex HMAC of the report's body, for idempotent intake. */
    bodyHash: string;
    apiKeyId: string;
    numberSeries: NumberSeries;
    /**
     * 代报: who of ours took the alarm by phone and when the caller said it; who called is personal (`reporter.*`). Absent in a
     * report that somebody made himself. `registeredBy` is null where it names nobody we know.
     */
    onBehalf?: { registeredBy: string | null; calledAt: Instant | null };
    /** The drill order it is carried out for; absent in what happened, and in a drill that somebody reported without an order. */
    drillOrder?: DrillOrderRef;
  };
  branchEntered: {
    entry: number;
    branch: string;
    branchName: string;
    clause: string;
    runId: string;
    /** Null for the first branch. */
    by: string | null;
    /** A person chose (`person`) or the event type has this branch in the plan (`plan`). */
    chosen: 'plan' | 'person';
  };
  stageOpened: {
    stageId: StageId;
    opening: number;
    entry: number;
    stage: string;
    stageName: string;
    clause: string;
    source: 'plan' | 'statutory' | 'local';
    owner: string;
    duty: string;
    planText: string | null;
    within: string | null;
    dueAt: Instant | null;
    /** When it begins, for a stage that begins later than it opens; else null. */
    startsAt: Instant | null;
    /** Opened because nobody answered (自动催报·未经人工确认), and not by a person. */
    automatic: boolean;
    /** Who asked for it, for a duty that an act opened (its words are personal, `action`); else null. */
    by: string | null;
  };
  messageSent: {
    key: MessageKey;
    stageId: StageId;
    opening: number;
    line: string;
    kind: NoticeKind;
    party: string;
    partyName: string;
    outside: boolean;
    urgency: string;
    /** What the party was asked to do, in the plan's data's words. */
    duty: string;
    rung: number;
    repeat: number;
  };
  messageSettled: {
    key: MessageKey;
    result: DeliveryResult;
    person: string | null;
    channel: string | null;
    code: string | null;
    attempts: number;
    /** Tries before the one that counts; left out when there were none. */
    tries?: Try[];
  };
  /** What the provider reported later of a message it had taken: a missed call, a number that is no more. */
  deliveryReported: { key: MessageKey; status: DeliveryStatus; code: string | null };
  /** Not sent any more, because its duty ended first. */
  messageWithdrawn: { key: MessageKey };
  /** By link. A note is personal. */
  acknowledged: Answered;
  /** 已到场, by link: a receipt as well, and no end of the stage. A note is personal. */
  arrived: Answered;
  /** 无法处理, by link, of our own parties alone: the reason is personal. `movedOn` is false at the top of the ladder. */
  declined: Answered & { movedOn: boolean };
  /**
   * 代录: a receipt by phone, on paper or face to face, which counts like one by link. `toldAt` is when the caller said it, the
   * entry's `at` when it was recorded. Who called (`caller.*`) and a note are personal. `party` is null where a stage of an
   * earlier branch no longer tells.
   */
  receiptRegistered: Omit<Answered, 'person'> & {
    party: string | null;
    channel: ReceiptChannel;
    toldAt: Instant;
    by: string;
  };
  /** A mis-sent link is void; the reason is personal. `reopened`: nobody else had confirmed, so the line goes on. */
  linkRevoked: Omit<Answered, 'person'> & { by: string; reopened: boolean };
  /** A call that a clerk made, to a person of ours or to a party; number and words (`number`, `said`) are personal. */
  phoneCalled: {
    by: string;
    person: string | null;
    party: string | null;
    calledAt: Instant;
    answered: boolean;
    /** The report that this call made: phone first, text after. Left out for any other call. */
    report?: number;
  };
  stageOverdue: { stageId: StageId; opening: number };
  /** `outcome` is one of the plan's, or `superseded` (the branch was left) or `closed` (the incident was closed). */
  stageEnded: { stageId: StageId; opening: number; outcome: string; by: string | null };
  /** Recorded, and the stage stays open; `dueAt` is when the next is due. */
  stageContinued: {
    stageId: StageId;
    opening: number;
    outcome: string;
    by: string;
    dueAt: Instant | null;
  };
  /**
   * 恢复续接: the workflow was put back to an earlier time than the register. What stands at these places was recorded after that time;
   * the workflow does not know it, and it counts no more.
   */
  takenUpAgain: { from: number; to: number };
  /** 仍在处置: this person is not reminded until then; the clock runs on. */
  stillResponding: { by: string; until: Instant };
  /** 接管: reminders of this stage go to this person. */
  takenOver: { stageId: StageId; opening: number; by: string };
  closingProposed: { by: string; as: 'responseEnded' | 'falseAlarm'; openStages: StageId[] };
  closingRefused: { by: string };
  /** Two people ended the response; the aftermath follows. */
  responseEnded: { by: string; proposedBy: string };
  /** `proposedBy` is null for a merge, which one person confirms. */
  incidentClosed: { by: string; proposedBy: string | null; as: ClosedAs; mergedInto: IncidentId | null };
  /** Facts learnt later, by name: the values are personal. A name given again supersedes its earlier value. */
  factsAdded: { by: string; names: string[] };
  /** One more subject, numbered after those before; `subject.N.name`, `.file`, `.phone` are personal. */
  subjectAdded: { subject: number; by: string };
  /** How a subject is and how it ended for them; null leaves what was. A note is personal. */
  subjectChanged: { subject: number; safety: Safety | null; outcome: SubjectOutcome | null; by: string };
  /**
   * A report up the line: its elements are personal (`element.*`), and so is who told it (`source`); `verifying` names those still
   * 正在核实, `unchanged` those that stand as an earlier report told them. Report 0 is the first, written down.
   */
  reportRecorded: {
    report: number;
    kind: ReportKind | 'firstReport';
    verifying: string[];
    by: string;
    /** By when each element that is 正在核实 is to be known, where somebody said so. */
    verifyingUntil?: Record<string, Instant>;
    unchanged?: string[];
    /** When what it says reached the office. */
    learntAt?: Instant;
  };
  /**
   * A report was sent to everybody in the county whom the plan names: signed, or ahead of that as 未签发·先行告知. Their receipts
   * end the stage; null where the plan asks for none. `old` is the sent document that this one corrects or withdraws.
   */
  reportSent: {
    sending: number;
    report: number;
    name: string;
    document: string;
    signed: boolean;
    stageId: StageId | null;
    parties: string[];
    old: { document: string; act: 'corrects' | 'withdraws' } | null;
    by: string;
  };
  /**
   * A signed report went on above the county, on paper or by phone, as `decidedBy` had decided. Who took it (`receiver`) and a note
   * are personal.
   */
  reportHandedOn: {
    report: number;
    document: string;
    party: string;
    channel: ReceiptChannel;
    handedAt: Instant;
    decidedBy: string;
    by: string;
  };
  /** 批示: its words and a leader who is nobody of ours (`from.name`) are personal. `stageId` is the duty that follows it up. */
  instructionRecorded: {
    instruction: number;
    from: string | null;
    givenAt: Instant;
    party: string;
    person: string | null;
    dueAt: Instant | null;
    stageId: StageId;
    by: string;
  };
  subCaseOpened: { subCase: IncidentId; branch: string; subjects: number[]; by: string };
  subCaseEnded: { subCase: IncidentId; as: ClosedAs };
  /**
   * A document was signed, or the scan of one attached. `digest` is the salted digest of what was signed, the SHA-256 of a scan's
   * file. `name` is its template's, never a title. `old` is the document that a signed one corrects or withdraws.
   */
  documentNoted: {
    document: string;
    act: 'signed' | 'scanAttached';
    template: string;
    name: string;
    number: string | null;
    digest: string;
    by: string;
    old: { document: string; act: 'corrects' | 'withdraws' } | null;
  };
  /**
   * A photo or file was attached as evidence, of a stage or, with null, of the incident. The file lies sealed in the register;
   * its name may name somebody and stands with it.
   */
  attachmentAdded: {
    attachment: string;
    stageId: StageId | null;
    /** Hex SHA-256 of the file. */
    sha256: string;
    /** Bytes. */
    size: number;
    /** MIME type, by its content. */
    type: string;
    by: string;
  };
  /** A scene of the drill's script was played in (情景注入): what it says is personal (`inject`). */
  injectGiven: { inject: number; kind: string; by: string };
  /** The drill is over: no duty of it goes on. `replaced`: what really happened needed its people. */
  drillEnded: { as: DrillEnd; by: string };
  /** Another report of the same event was merged into this one; both times of receipt are kept. */
  incidentAbsorbed: { from: IncidentId; receivedAt: Instant; by: string };
}

/** A message that somebody answered. */
interface Answered {
  key: MessageKey;
  stageId: StageId;
  opening: number;
  line: string;
  person: string;
}

/** How a receipt comes in that no link brought. */
export const RECEIPT_CHANNELS = ['phone', 'paper', 'inPerson'] as const;
export type ReceiptChannel = (typeof RECEIPT_CHANNELS)[number];

/** How a drill ended. */
export type DrillEnd = 'ended' | 'replaced';

/** `merged`: another incident goes on with it. `drillEnded`: its drill is over and summed up. */
export type ClosedAs = 'responseEnded' | 'falseAlarm' | 'merged' | 'drillEnded';

/** 续报, 终报, 补报. The first report is the one that was taken in. */
export const REPORT_KINDS = ['followUpReport', 'finalReport', 'supplementaryReport'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** The six elements of 四（三）: kind, time, place, persons, development, measures taken. */
export const REPORT_ELEMENTS = ['kind', 'time', 'place', 'persons', 'development', 'measures'] as const;

/** How a subject is, in a disaster above all. */
export const SAFETY = ['unknown', 'safe', 'needsHelp', 'missing', 'injured', 'dead'] as const;
export type Safety = (typeof SAFETY)[number];

/** How it ended for a subject. */
export const SUBJECT_OUTCOMES = [
  'complies',
  'outOfSupervision',
  'inCustody',
  'controlled',
  'injured',
  'dead',
  'notInvolved',
] as const;
export type SubjectOutcome = (typeof SUBJECT_OUTCOMES)[number];

export type EntryKind = keyof EntryData;

/**
 * One line of an incident's timeline. `seq` counts from 1 without gaps; `at` is the workflow's clock.
 * `personal` holds free text and identities by name (`situation`, `subject.1.name`, `evidence`, `reason` …): each value is
 * sealed in its own table and stands in the hash as a salted digest, so that it can lawfully be erased.
 */
export type Entry = {
  [K in EntryKind]: {
    seq: number;
    at: Instant;
    kind: K;
    data: EntryData[K];
    personal?: Record<string, string>;
  };
}[EntryKind];

/** An entry not yet numbered. */
export type NewEntry = {
  [K in EntryKind]: { kind: K; data: EntryData[K]; personal?: Record<string, string> };
}[EntryKind];

/** What the one writer of an incident is given: entries in the workflow's order. */
export interface EntryBatch {
  incidentId: IncidentId;
  entries: Entry[];
}
