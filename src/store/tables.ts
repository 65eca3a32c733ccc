import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type {
  ClosedAs,
  EntryData,
  EntryKind,
  ReceiptChannel,
  ReportKind,
  Safety,
  SubjectOutcome,
} from '../incident/entry.ts';
import type { IncidentId, MessageKey, StageId } from '../incident/ids.ts';
import type { DeliveryResult, NoticeKind } from '../incident/notice.ts';
import { bytes, instant } from './columns.ts';

/*
 * Two kinds of tables. `entry`, `sealed` and `chain_head` are the record: `entry` only grows. The tables of incidents, branches,
 * stages, messages, subjects, reports and sub-cases are projections of it, made in the same transaction so that questions can be
 * asked. No foreign key ties the record to its projections: they could be made anew from it.
 *
 * No column holds a subject's name, phone or narrative in clear: those are sealed.
 */

const incidentId = () => uuid('incident_id').$type<IncidentId>().notNull();
const stageId = () => text('stage_id').$type<StageId>().notNull();
/** Filled by the database's clock: for what no workflow decides. */
const now = (name: string) =>
  instant(name)
    .notNull()
    .default(sql`now()`);
const messageKey = () => text('key').$type<MessageKey>().notNull();

/** How a personal value stands in an entry: its salted digest, which is hashed, and where the value itself is sealed. */
export interface SealedRef {
  digest: string;
  sealedId: string;
}

/** An incident's timeline. `hash` covers all of a row but `personal`'s `sealedId`, and through `prev` all rows before it. */
export const entry = pgTable(
  'entry',
  {
    incidentId: incidentId(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    kind: text('kind').$type<EntryKind>().notNull(),
    data: jsonb('data').$type<EntryData[EntryKind]>().notNull(),
    personal: jsonb('personal').$type<Record<string, SealedRef>>().notNull(),
    prev: text('prev').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.seq] })],
);

/** Personal values: AES-256-GCM ciphertext and the digest's salt. Erasing empties both and leaves the row. */
export const sealed = pgTable(
  'sealed',
  {
    id: uuid('id').primaryKey(),
    incidentId: incidentId(),
    name: text('name').notNull(),
    salt: bytes('salt'),
    keyId: text('key_id').notNull(),
    ciphertext: bytes('ciphertext'),
    erasedAt: instant('erased_at'),
  },
  (t) => [index('sealed_incident').on(t.incidentId)],
);

/** Where each chain ends, under a key that whoever changes the database does not have. */
export const chainHead = pgTable('chain_head', {
  incidentId: incidentId().primaryKey(),
  seq: integer('seq').notNull(),
  hash: text('hash').notNull(),
  mac: text('mac').notNull(),
  keyId: text('key_id').notNull(),
});

export const incident = pgTable(
  'incident',
  {
    id: uuid('id').$type<IncidentId>().primaryKey(),
    number: text('number').unique(),
    /** The incident that this one is a sub-case of. */
    parent: uuid('parent_id').$type<IncidentId>(),
    drill: boolean('drill').notNull(),
    planKey: text('plan_key').notNull(),
    planEdition: text('plan_edition').notNull(),
    planHash: text('plan_hash').notNull(),
    eventType: text('event_type'),
    office: text('office').notNull(),
    branch: text('branch'),
    branchName: text('branch_name'),
    status: text('status').$type<'open' | 'closed'>().notNull(),
    closedAs: text('closed_as').$type<ClosedAs>(),
    /** The incident that goes on with this one. */
    mergedInto: uuid('merged_into').$type<IncidentId>(),
    /** As reported, even when it is nonsense: text, so that no report can fail on it. */
    occurredAt: text('occurred_at'),
    discoveredAt: text('discovered_at'),
    receivedAt: instant('received_at').notNull(),
    openedAt: instant('opened_at').notNull(),
    responseEndedAt: instant('response_ended_at'),
    closedAt: instant('closed_at'),
    /** How many there are; each has a row in {@link subject}. */
    subjects: integer('subjects').notNull(),
    /** As reported: what was learnt since stands in the timeline. */
    missing: jsonb('missing').$type<string[]>().notNull(),
    marks: jsonb('marks').$type<string[]>().notNull(),
    bodyHash: text('body_hash').notNull(),
    apiKeyId: text('api_key_id').notNull(),
    lastSeq: integer('last_seq').notNull(),
  },
  (t) => [
    index('incident_opened').on(t.openedAt, t.id),
    index('incident_status_opened').on(t.status, t.openedAt, t.id),
    index('incident_office_received').on(t.office, t.receivedAt),
    index('incident_parent')
      .on(t.parent)
      .where(sql`${t.parent} is not null`),
  ],
);

/** The last number given out in each series. A row, not a sequence: a sequence leaves gaps when a transaction fails. */
export const numberSeries = pgTable(
  'number_series',
  {
    prefix: text('prefix').notNull(),
    year: integer('year').notNull(),
    drill: boolean('drill').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ columns: [t.prefix, t.year, t.drill] })],
);

/** Numbers by incident, in a table of their own: a number may be allotted before the incident's first entry is written. */
export const incidentNumber = pgTable(
  'incident_number',
  {
    incidentId: incidentId().primaryKey(),
    prefix: text('prefix').notNull(),
    year: integer('year').notNull(),
    drill: boolean('drill').notNull(),
    nr: integer('nr').notNull(),
  },
  (t) => [unique('incident_number_once').on(t.prefix, t.year, t.drill, t.nr)],
);

export const incidentBranch = pgTable(
  'incident_branch',
  {
    incidentId: incidentId(),
    entry: integer('entry').notNull(),
    branch: text('branch').notNull(),
    branchName: text('branch_name').notNull(),
    clause: text('clause').notNull(),
    runId: text('run_id').notNull(),
    enteredAt: instant('entered_at').notNull(),
    leftAt: instant('left_at'),
    chosen: text('chosen').$type<'plan' | 'person'>().notNull(),
    by: text('by'),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.entry] })],
);

export const stage = pgTable(
  'stage',
  {
    incidentId: incidentId(),
    stageId: stageId(),
    opening: integer('opening').notNull(),
    entry: integer('entry').notNull(),
    stage: text('stage').notNull(),
    stageName: text('stage_name').notNull(),
    clause: text('clause').notNull(),
    source: text('source').$type<'plan' | 'statutory' | 'local'>().notNull(),
    owner: text('owner').notNull(),
    duty: text('duty').notNull(),
    planText: text('plan_text'),
    within: text('within'),
    openedAt: instant('opened_at').notNull(),
    /** When it begins, where that is later than it opens. */
    startsAt: instant('starts_at'),
    /** Opened because nobody answered (自动催报·未经人工确认). */
    automatic: boolean('automatic').notNull().default(false),
    /** How many outcomes were recorded that left it open; each moves `dueAt` on and ends `overdueAt`. */
    continued: integer('continued').notNull().default(0),
    dueAt: instant('due_at'),
    overdueAt: instant('overdue_at'),
    resolvedAt: instant('resolved_at'),
    outcome: text('outcome'),
    resolvedBy: text('resolved_by'),
    holder: text('holder'),
  },
  (t) => [
    primaryKey({ columns: [t.incidentId, t.stageId, t.opening] }),
    index('stage_open_due')
      .on(t.dueAt)
      .where(sql`${t.resolvedAt} is null`),
    // The board orders incidents by their soonest deadline: read from this index alone.
    index('stage_open_of_incident')
      .on(t.incidentId, t.dueAt)
      .where(sql`${t.resolvedAt} is null`),
  ],
);

export const message = pgTable(
  'message',
  {
    key: messageKey().primaryKey(),
    incidentId: incidentId(),
    stageId: stageId(),
    opening: integer('opening').notNull(),
    line: text('line').notNull(),
    kind: text('kind').$type<NoticeKind>().notNull(),
    party: text('party').notNull(),
    partyName: text('party_name').notNull(),
    outside: boolean('outside').notNull(),
    urgency: text('urgency').notNull(),
    duty: text('duty').notNull(),
    rung: integer('rung').notNull(),
    repeat: integer('repeat').notNull(),
    person: text('person'),
    channel: text('channel'),
    sentAt: instant('sent_at').notNull(),
    acceptedAt: instant('accepted_at'),
    refusedAt: instant('refused_at'),
    acknowledgedAt: instant('acknowledged_at'),
    /** Null for a receipt that a clerk registered: whoever called need be no person of the organisation. */
    acknowledgedBy: text('acknowledged_by'),
    /** How a registered receipt came (代录); null for one by link. */
    acknowledgedVia: text('acknowledged_via').$type<ReceiptChannel>(),
    arrivedAt: instant('arrived_at'),
    declinedAt: instant('declined_at'),
    revokedAt: instant('revoked_at'),
    result: text('result').$type<DeliveryResult | 'withdrawn'>(),
    code: text('code'),
    attempts: integer('attempts').notNull(),
  },
  (t) => [
    index('message_incident').on(t.incidentId),
    index('message_unsettled')
      .on(t.sentAt)
      .where(sql`${t.result} is null`),
  ],
);

/** An incident's subjects by number, without identity: how each is, and how it ended for them. */
export const subject = pgTable(
  'subject',
  {
    incidentId: incidentId(),
    nr: integer('nr').notNull(),
    safety: text('safety').$type<Safety>().notNull(),
    outcome: text('outcome').$type<SubjectOutcome>(),
    addedAt: instant('added_at').notNull(),
    changedAt: instant('changed_at'),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.nr] })],
);

/** Reports after the first, in their order. What they say is sealed. */
export const report = pgTable(
  'report',
  {
    incidentId: incidentId(),
    nr: integer('nr').notNull(),
    kind: text('kind').$type<ReportKind>().notNull(),
    /** Elements still 正在核实. */
    verifying: jsonb('verifying').$type<string[]>().notNull(),
    by: text('by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.nr] })],
);

/** Sub-cases by their parent's timeline. Each is an incident of its own as well. */
export const subCase = pgTable(
  'sub_case',
  {
    incidentId: incidentId(),
    subCase: uuid('sub_case').$type<IncidentId>().notNull(),
    branch: text('branch').notNull(),
    /** Numbers of the parent's subjects it is about. */
    subjects: jsonb('subjects').$type<number[]>().notNull(),
    by: text('by').notNull(),
    openedAt: instant('opened_at').notNull(),
    endedAt: instant('ended_at'),
    endedAs: text('ended_as').$type<ClosedAs>(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.subCase] })],
);

/** Who is sending a message now, to whom it goes (for as long as it is that decision's), and how it ended. `leasedUntil` is the database's clock. */
export const deliveryClaim = pgTable('delivery_claim', {
  key: messageKey().primaryKey(),
  /** When the workflow decided on it; null for claims of before migration 0007. */
  decidedAt: instant('decided_at'),
  person: text('person'),
  channel: text('channel'),
  owner: text('owner').notNull(),
  attempt: integer('attempt').notNull(),
  /** The first attempt of this decision: over 1 where the same key had been sent, or tried, in a time that the workflow has forgotten. */
  firstAttempt: integer('first_attempt').notNull().default(1),
  leasedUntil: instant('leased_until').notNull(),
  result: text('result').$type<DeliveryResult>(),
  code: text('code'),
  attempts: integer('attempts'),
  settledAt: instant('settled_at'),
});

export type AttemptResult = 'accepted' | 'refused' | 'failed';

/** Each single try of a send. */
export const attempt = pgTable(
  'attempt',
  {
    key: messageKey(),
    attempt: integer('attempt').notNull(),
    person: text('person').notNull(),
    channel: text('channel').notNull(),
    result: text('result').$type<AttemptResult>().notNull(),
    code: text('code'),
    at: now('at'),
  },
  (t) => [primaryKey({ columns: [t.key, t.attempt] })],
);

export const planEdition = pgTable(
  'plan_edition',
  {
    key: text('key').notNull(),
    edition: text('edition').notNull(),
    hash: text('hash').notNull(),
    text: text('text').notNull(),
    firstSeenAt: now('first_seen_at'),
  },
  (t) => [primaryKey({ columns: [t.key, t.edition, t.hash] })],
);

/** Workflow histories by run, as Temporal kept them: their payloads are encrypted. */
export const runArchive = pgTable(
  'run_archive',
  {
    incidentId: incidentId(),
    runId: text('run_id').notNull(),
    workflowType: text('workflow_type').notNull(),
    endedAt: instant('ended_at').notNull(),
    history: bytes('history').notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.runId] })],
);

export const apiKey = pgTable('api_key', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  hash: text('hash').notNull().unique(),
  createdAt: now('created_at'),
  /** `full` does everything, as keys from before there were scopes; `intake` reports, and sees its own reports. */
  scope: text('scope').$type<'full' | 'intake'>().notNull().default('full'),
  expiresAt: instant('expires_at'),
});

/** Every read of a subject's identity (what must always hold, 5). */
export const identityRead = pgTable(
  'identity_read',
  {
    id: uuid('id').primaryKey(),
    incidentId: incidentId(),
    apiKeyId: text('api_key_id').notNull(),
    route: text('route').notNull(),
    at: now('at'),
    /** Who read, where it was no API key, and why: sealed, since a reason may say anything. */
    accountId: uuid('account_id'),
    reason: bytes('reason'),
    /** Whom it was told to in a verified call-back: a person's or a party's id; null where it was only read. */
    disclosedTo: text('disclosed_to'),
    keyId: text('key_id'),
  },
  (t) => [index('identity_read_incident').on(t.incidentId, t.at)],
);
