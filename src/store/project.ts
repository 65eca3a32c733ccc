import type { Entry, EntryKind } from '../incident/entry.ts';
import type { IncidentId, MessageKey, StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { forgottenRanges } from './forgotten.ts';
import type { incident, incidentBranch, message, report, stage, subCase, subject } from './tables.ts';

type IncidentRow = typeof incident.$inferInsert;
type BranchRow = typeof incidentBranch.$inferInsert;
type StageRow = typeof stage.$inferInsert;
type MessageRow = typeof message.$inferInsert;
type SubjectRow = typeof subject.$inferInsert;
type ReportRow = typeof report.$inferInsert;
type SubCaseRow = typeof subCase.$inferInsert;

/** What may change in a row after it was made. Nothing goes back to null, but for a stage that continues. */
export type IncidentPatch = Partial<
  Pick<
    IncidentRow,
    | 'branch'
    | 'branchName'
    | 'status'
    | 'closedAs'
    | 'closedAt'
    | 'mergedInto'
    | 'responseEndedAt'
    | 'subjects'
  >
>;
/** With `continued`, which counts how often in this batch, its limit began anew: `dueAt` and `overdueAt` are then as they stand here. */
export type StagePatch = Partial<
  Pick<StageRow, 'dueAt' | 'overdueAt' | 'resolvedAt' | 'outcome' | 'resolvedBy' | 'holder' | 'continued'>
>;
export type SubjectPatch = Partial<Pick<SubjectRow, 'safety' | 'outcome' | 'changedAt'>>;
export type SubCasePatch = Pick<SubCaseRow, 'endedAt' | 'endedAs'>;
export type MessagePatch = Partial<
  Pick<
    MessageRow,
    | 'person'
    | 'channel'
    | 'acceptedAt'
    | 'refusedAt'
    | 'acknowledgedAt'
    | 'acknowledgedBy'
    | 'acknowledgedVia'
    | 'arrivedAt'
    | 'declinedAt'
    | 'revokedAt'
    | 'result'
    | 'code'
    | 'attempts'
  >
>;

/**
 * What a batch of entries does to an incident's projections. A change to a row that is new in the same batch is made in the
 * new row, so that no row is both inserted and updated.
 */
export interface Changes {
  incidentId: IncidentId;
  incident: IncidentRow | null;
  incidentPatch: IncidentPatch;
  branches: BranchRow[];
  /** Branches of the register that were left, if still open. */
  branchesLeftAt: Instant | null;
  stages: Map<string, StageRow>;
  stagePatches: Map<string, StagePatch & { stageId: StageId; opening: number }>;
  messages: Map<MessageKey, MessageRow>;
  messagePatches: Map<MessageKey, MessagePatch & { key: MessageKey }>;
  /** By number. */
  subjects: Map<number, SubjectRow>;
  subjectPatches: Map<number, SubjectPatch & { nr: number }>;
  reports: ReportRow[];
  subCases: Map<IncidentId, SubCaseRow>;
  subCasePatches: Map<IncidentId, SubCasePatch & { subCase: IncidentId }>;
  lastSeq: number;
}

/** The projections' changes for entries in their order. `number` is the incident's, for its first entry. Pure. */
export function project(incidentId: IncidentId, entries: Entry[], number: string | null): Changes {
  const changes: Changes = {
    incidentId,
    incident: null,
    incidentPatch: {},
    branches: [],
    branchesLeftAt: null,
    stages: new Map(),
    stagePatches: new Map(),
    messages: new Map(),
    messagePatches: new Map(),
    subjects: new Map(),
    subjectPatches: new Map(),
    reports: [],
    subCases: new Map(),
    subCasePatches: new Map(),
    lastSeq: 0,
  };
  for (const entry of withoutForgotten(entries)) {
    projectEntry(changes, entry);
    changes.lastSeq = entry.seq;
  }
  if (changes.incident) Object.assign(changes.incident, { number, lastSeq: changes.lastSeq });
  return changes;
}

/** What the workflow was put back behind stands in the timeline and counts no more. */
function withoutForgotten(entries: Entry[]): Entry[] {
  const seams = entries.flatMap(({ kind, seq, data }) => (kind === 'takenUpAgain' ? [{ seq, ...data }] : []));
  const forgotten = forgottenRanges(seams);
  if (forgotten.length === 0) return entries;
  return entries.filter(({ seq }) => !forgotten.some(({ from, to }) => seq >= from && seq <= to));
}

type EntryOf<K extends EntryKind> = Extract<Entry, { kind: K }>;

function projectEntry(changes: Changes, entry: Entry): void {
  switch (entry.kind) {
    case 'incidentReported':
      return reported(changes, entry);
    case 'branchEntered':
      return entered(changes, entry);
    case 'stageOpened':
      return opened(changes, entry);
    case 'messageSent':
      return sent(changes, entry);
    case 'messageSettled':
      return settled(changes, entry);
    case 'messageWithdrawn':
      return changeMessage(changes, entry.data.key, { result: 'withdrawn' });
    case 'acknowledged':
      return acknowledged(changes, entry, { acknowledgedBy: entry.data.person });
    case 'receiptRegistered':
      return acknowledged(changes, entry, { acknowledgedVia: entry.data.channel });
    case 'arrived':
      return changeMessage(changes, entry.data.key, { arrivedAt: entry.at });
    case 'declined':
      return changeMessage(changes, entry.data.key, { declinedAt: entry.at });
    case 'linkRevoked':
      return changeMessage(changes, entry.data.key, { revokedAt: entry.at });
    case 'stageOverdue':
      return changeStage(changes, entry.data, { overdueAt: entry.at });
    case 'stageContinued':
      return continued(changes, entry);
    case 'stageEnded':
      return ended(changes, entry);
    case 'takenOver':
      return changeStage(changes, entry.data, { holder: entry.data.by });
    case 'subjectAdded':
      return subjectAdded(changes, entry);
    case 'subjectChanged':
      return subjectChanged(changes, entry);
    case 'reportRecorded':
      return recorded(changes, entry);
    case 'subCaseOpened':
      return subCaseOpened(changes, entry);
    case 'subCaseEnded':
      return subCaseEnded(changes, entry);
    case 'responseEnded':
      return changeIncident(changes, { responseEndedAt: entry.at });
    case 'incidentClosed':
      return closed(changes, entry);
    case 'reportSent':
    case 'reportHandedOn':
    case 'instructionRecorded':
    case 'factsAdded':
    case 'deliveryReported':
    case 'phoneCalled':
    case 'documentNoted':
    case 'attachmentAdded':
    case 'incidentAbsorbed':
    case 'injectGiven':
    case 'drillEnded':
    case 'takenUpAgain':
    case 'stillResponding':
    case 'closingProposed':
    case 'closingRefused':
      return; // they stand in the timeline only
  }
}

function reported(changes: Changes, { at, seq, data }: EntryOf<'incidentReported'>): void {
  changes.incident = {
    id: changes.incidentId,
    parent: data.parent,
    drill: data.drill,
    planKey: data.plan.key,
    planEdition: data.plan.edition,
    planHash: data.plan.hash,
    eventType: data.eventType,
    office: data.office,
    status: 'open',
    occurredAt: data.occurredAt,
    discoveredAt: data.discoveredAt,
    receivedAt: data.receivedAt,
    openedAt: at,
    subjects: data.subjects,
    missing: data.missing,
    marks: data.marks,
    bodyHash: data.bodyHash,
    apiKeyId: data.apiKeyId,
    lastSeq: seq,
  };
  for (let nr = 1; nr <= data.subjects; nr += 1) addSubject(changes, nr, at);
}

function entered(changes: Changes, { at, data }: EntryOf<'branchEntered'>): void {
  leaveBranches(changes, at);
  changes.branches.push({ incidentId: changes.incidentId, ...data, enteredAt: at, leftAt: null });
  changeIncident(changes, { branch: data.branch, branchName: data.branchName });
}

function opened(changes: Changes, { at, data }: EntryOf<'stageOpened'>): void {
  // Entries of before 0.2.0 say nothing of `automatic`.
  const { automatic = false, by: _by, ...rest } = data;
  const row = { incidentId: changes.incidentId, ...rest, automatic, continued: 0, openedAt: at };
  changes.stages.set(stageRef(data), row);
}

function sent(changes: Changes, { at, data }: EntryOf<'messageSent'>): void {
  const row = { incidentId: changes.incidentId, ...data, sentAt: at, attempts: 0 };
  changes.messages.set(data.key, row);
}

function settled(changes: Changes, { at, data }: EntryOf<'messageSettled'>): void {
  const { key, ...delivery } = data;
  changeMessage(changes, key, delivery);
  if (delivery.result === 'accepted') changeMessage(changes, key, { acceptedAt: at });
  if (delivery.result === 'refused') changeMessage(changes, key, { refusedAt: at });
}

function acknowledged(
  changes: Changes,
  { at, data }: EntryOf<'acknowledged' | 'receiptRegistered'>,
  by: Pick<MessagePatch, 'acknowledgedBy' | 'acknowledgedVia'>,
): void {
  const known = changes.messages.get(data.key) ?? changes.messagePatches.get(data.key);
  if (known?.acknowledgedAt) return; // who was first stays
  changeMessage(changes, data.key, { acknowledgedAt: at, ...by });
}

function ended(changes: Changes, { at, data }: EntryOf<'stageEnded'>): void {
  changeStage(changes, data, { resolvedAt: at, outcome: data.outcome, resolvedBy: data.by });
}

/** The limit begins anew: a stage that was overdue is so no more. */
function continued(changes: Changes, { data }: EntryOf<'stageContinued'>): void {
  const ref = stageRef(data);
  const before = changes.stages.get(ref) ?? changes.stagePatches.get(ref);
  const times = (before?.continued ?? 0) + 1;
  changeStage(changes, data, { dueAt: data.dueAt, overdueAt: null, continued: times });
}

function addSubject(changes: Changes, nr: number, at: Instant): void {
  const { incidentId } = changes;
  changes.subjects.set(nr, { incidentId, nr, safety: 'unknown', addedAt: at });
}

function subjectAdded(changes: Changes, { at, data }: EntryOf<'subjectAdded'>): void {
  addSubject(changes, data.subject, at);
  changeIncident(changes, { subjects: data.subject });
}

function subjectChanged(changes: Changes, { at, data }: EntryOf<'subjectChanged'>): void {
  const { subject: nr, safety, outcome } = data;
  const patch = { changedAt: at, ...(safety ? { safety } : {}), ...(outcome ? { outcome } : {}) };
  const row = changes.subjects.get(nr);
  if (row) Object.assign(row, patch);
  else changes.subjectPatches.set(nr, { nr, ...changes.subjectPatches.get(nr), ...patch });
}

function recorded(changes: Changes, { at, data }: EntryOf<'reportRecorded'>): void {
  const { report: nr, kind, verifying, by } = data;
  if (kind === 'firstReport') return; // of report 0 the incident itself is the row
  changes.reports.push({ incidentId: changes.incidentId, nr, kind, verifying, by, at });
}

function subCaseOpened(changes: Changes, { at, data }: EntryOf<'subCaseOpened'>): void {
  changes.subCases.set(data.subCase, { incidentId: changes.incidentId, ...data, openedAt: at });
}

function subCaseEnded(changes: Changes, { at, data }: EntryOf<'subCaseEnded'>): void {
  const { subCase, as } = data;
  const patch = { endedAt: at, endedAs: as };
  const row = changes.subCases.get(subCase);
  if (row) Object.assign(row, patch);
  else changes.subCasePatches.set(subCase, { subCase, ...patch });
}

function closed(changes: Changes, { at, data }: EntryOf<'incidentClosed'>): void {
  const { as, mergedInto } = data;
  leaveBranches(changes, at);
  changeIncident(changes, {
    status: 'closed',
    closedAs: as,
    closedAt: at,
    ...(mergedInto ? { mergedInto } : {}),
  });
}

function leaveBranches(changes: Changes, at: Instant): void {
  changes.branchesLeftAt ??= at;
  for (const branch of changes.branches) branch.leftAt ??= at;
}

function changeIncident(changes: Changes, patch: IncidentPatch): void {
  Object.assign(changes.incident ?? changes.incidentPatch, patch);
}

function changeStage(changes: Changes, at: { stageId: StageId; opening: number }, patch: StagePatch): void {
  const ref = stageRef(at);
  const place = { stageId: at.stageId, opening: at.opening };
  const row = changes.stages.get(ref);
  if (row) Object.assign(row, patch);
  else changes.stagePatches.set(ref, { ...place, ...changes.stagePatches.get(ref), ...patch });
}

function changeMessage(changes: Changes, key: MessageKey, patch: MessagePatch): void {
  const row = changes.messages.get(key);
  if (row) Object.assign(row, patch);
  else changes.messagePatches.set(key, { key, ...changes.messagePatches.get(key), ...patch });
}

const stageRef = ({ stageId, opening }: { stageId: StageId; opening: number }) => `${stageId}/${opening}`;
