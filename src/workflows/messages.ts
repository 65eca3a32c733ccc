import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ClosedAs, EntryData, Safety, SubjectOutcome } from '../incident/entry.ts';
import type { IncidentId, MessageKey, StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { DeliveryStatus } from '../incident/notice.ts';
import type { ClosingProposal, Position, Report, StageEnd } from '../incident/state.ts';
import type { PlanPart } from '../plan/part.ts';

/*
 * What can be said to an incident. Updates, because every caller must learn the result; refused with one of the codes of
 * refusal.ts. `by` is a person of the organisation: the API has checked who that is and what they may do.
 */

/** A person has the message; that is not the duty done. */
export interface Acknowledgement {
  key: MessageKey;
  person: string;
  note?: string | null;
}
/** `at` is when it was recorded; `again` when that was an earlier time. Further answers: `messages-receipts.ts`. */
export const acknowledge = defineUpdate<{ at: Instant; again?: boolean }, [Acknowledgement]>('acknowledge');

/** What a provider reports of a message it had taken. Nobody waits for it: a signal. */
export interface DeliveryReport {
  key: MessageKey;
  status: DeliveryStatus;
  /** The provider's own code, as our stable one. */
  code: string | null;
}
export const deliveryReported = defineSignal<[DeliveryReport]>('deliveryReported');

/** The evidence that ends a stage, or with an outcome that continues, keeps it open for another turn. */
export interface StageOutcome {
  stageId: StageId;
  outcome: string;
  by: string;
  evidence: string;
  /** The part of the branch that the outcome leads to; null where it leads to none. */
  next: PlanPart | null;
}
/** `ended` is false for an outcome that continues; `dueAt` is then when the next is due. */
export const resolveStage = defineUpdate<
  StageEnd & { ended: boolean; dueAt: Instant | null },
  [StageOutcome]
>('resolveStage');

/** A person decides that another branch of the plan fits; `plan` is that branch's part of the pinned edition. */
export interface BranchSwitch {
  plan: PlanPart;
  by: string;
  reason: string;
}
export const switchBranch = defineUpdate<{ branch: string; entry: number }, [BranchSwitch]>('switchBranch');

/** 仍在处置 */
export const stillResponding = defineUpdate<{ until: Instant }, [{ by: string }]>('stillResponding');

/** 接管, of one stage or, with null, of all that are open. */
export const takeOver = defineUpdate<
  { stages: StageId[] },
  [{ by: string; stageId: StageId | null; reason: string }]
>('takeOver');

export interface ClosingRequest {
  by: string;
  as: ClosingProposal['as'];
  evidence: string;
}
export const proposeClosing = defineUpdate<{ at: Instant; openStages: StageId[] }, [ClosingRequest]>(
  'proposeClosing',
);

export interface ClosingDecision {
  by: string;
  approve: boolean;
  reason: string;
  /** Which proposal is meant, by its instant; null: the one that stands. */
  proposedAt: Instant | null;
  /** The aftermath's part of the plan, where the plan has one; null otherwise, and in the aftermath itself. */
  aftermath: PlanPart | null;
}
/** `branch` is the branch that goes on: `aftermath` once the response has ended and the plan has one. */
export const decideClosing = defineUpdate<
  { closed: boolean; branch: string; at: Instant },
  [ClosingDecision]
>('decideClosing');

/** Facts by name (`place`, `occurredAt`, `correctionType`, `decidingAuthority`, `minor`, `enrolled` …). All of it is personal. */
export const addFacts = defineUpdate<{ at: Instant }, [{ by: string; facts: Record<string, string> }]>(
  'addFacts',
);

export interface NewSubject {
  name: string | null;
  file: string | null;
  phone: string | null;
}
/** Gives the numbers they were given, in order. */
export const addSubjects = defineUpdate<{ subjects: number[] }, [{ by: string; subjects: NewSubject[] }]>(
  'addSubjects',
);

/** How subjects are: many at once, as a roster is worked through. Null leaves what was. */
export interface SubjectChanges {
  by: string;
  changes: { subject: number; safety: Safety | null; outcome: SubjectOutcome | null; note: string | null }[];
}
export const changeSubjects = defineUpdate<{ at: Instant }, [SubjectChanges]>('changeSubjects');

/** Elements by name (`REPORT_ELEMENTS`); null: 正在核实, or as it was told before where it is among `unchanged`. */
export interface RecordedReport extends Pick<
  EntryData['reportRecorded'],
  'by' | 'kind' | 'verifyingUntil' | 'unchanged' | 'learntAt'
> {
  elements: Record<string, string | null>;
  text: string | null;
  /** Who told it, by what way. */
  source?: string | null;
}
export const recordReport = defineUpdate<{ report: number; at: Instant }, [RecordedReport]>('recordReport');

/** A case of its own under this incident: a workflow of a branch type with its own id, which outlives a change of its parent. */
export interface SubCase {
  plan: PlanPart;
  report: Report;
  /** Which subjects of this incident it is about. */
  subjects: number[];
  by: string;
  reason: string;
}
export const openSubCase = defineUpdate<{ subCase: IncidentId }, [SubCase]>('openSubCase');

/** From a sub-case, when it has ended. Nobody waits for it. */
export const subCaseEnded = defineSignal<[{ subCase: IncidentId; as: ClosedAs }]>('subCaseEnded');

/** `branch` is the branch that the other is in. Said first to the incident that goes on, then {@link mergeInto} to the other. One person confirms. */
export const absorb = defineUpdate<
  { at: Instant },
  [{ from: IncidentId; branch: string; receivedAt: Instant; by: string; reason: string }]
>('absorb');

/** This incident ends as `merged`; its notices that are not sent yet are withdrawn, so that nobody is told twice. */
export const mergeInto = defineUpdate<{ at: Instant }, [{ into: IncidentId; by: string; reason: string }]>(
  'mergeInto',
);

/** A duty of the aftermath with an owner and a date of its own (整改). What has to be corrected is personal. */
export const addCorrectiveAction = defineUpdate<
  { stageId: StageId },
  [{ by: string; owner: string; dueAt: Instant; action: string }]
>('addCorrectiveAction');

export const position = defineQuery<Position>('position');
