import type { IncidentId, MessageKey, StageId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { DeliveryResult, NoticeKind, NumberSeries } from './notice.ts';

/** The plan an incident started under: pinned for its whole life. `hash` is the hex SHA-256 of the plan's file. */
export interface PlanPin {
  key: string;
  edition: string;
  hash: string;
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
    /** Facts not yet known, by field name. They block nothing. */
    missing: string[];
    /** What deserves a look, as stable codes, e.g. `occurredInFuture`, `unknownEventType`. */
    marks: string[];
    /** Hex HMAC of the report's body, for idempotent intake. */
    bodyHash: string;
    apiKeyId: string;
    numberSeries: NumberSeries;
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
  };
  /** Not sent any more, because its duty ended first. */
  messageWithdrawn: { key: MessageKey };
  acknowledged: { key: MessageKey; stageId: StageId; opening: number; line: string; person: string };
  stageOverdue: { stageId: StageId; opening: number };
  /** `outcome` is one of the plan's, or `superseded` (the branch was left) or `closed` (the incident was closed). */
  stageEnded: { stageId: StageId; opening: number; outcome: string; by: string | null };
  /** 仍在处置: this person is not reminded until then; the clock runs on. */
  stillResponding: { by: string; until: Instant };
  /** 接管: reminders of this stage go to this person. */
  takenOver: { stageId: StageId; opening: number; by: string };
  closingProposed: { by: string; as: 'responseEnded' | 'falseAlarm'; openStages: StageId[] };
  closingRefused: { by: string };
  incidentClosed: { by: string; proposedBy: string; as: 'responseEnded' | 'falseAlarm' };
}

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
