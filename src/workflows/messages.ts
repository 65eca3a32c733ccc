import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { MessageKey, StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { ClosingProposal, Position, StageEnd } from '../incident/state.ts';
import type { BranchKey, PlanPart } from '../plan/part.ts';

/*
 * What can be said to an incident. Updates, because every caller must learn the result; refused with one of the codes of
 * refusal.ts. `by` is a person of the organisation: the API has checked who that is and what they may do.
 */

/** A person has the message; that is not the duty done. */
export interface Acknowledgement {
  key: MessageKey;
  person: string;
}
export const acknowledge = defineUpdate<{ at: Instant }, [Acknowledgement]>('acknowledge');

/** The evidence that ends a stage. */
export interface StageOutcome {
  stageId: StageId;
  outcome: string;
  by: string;
  evidence: string;
}
export const resolveStage = defineUpdate<StageEnd, [StageOutcome]>('resolveStage');

/** A person decides that another branch of the plan fits; `plan` is that branch's part of the pinned edition. */
export interface BranchSwitch {
  plan: PlanPart;
  by: string;
  reason: string;
}
export const switchBranch = defineUpdate<{ branch: BranchKey; entry: number }, [BranchSwitch]>(
  'switchBranch',
);

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
}
export const decideClosing = defineUpdate<{ closed: boolean; at: Instant }, [ClosingDecision]>(
  'decideClosing',
);

export const position = defineQuery<Position>('position');
