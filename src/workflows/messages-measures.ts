import { defineUpdate } from '@temporalio/workflow';
import type { StageId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import type { Measure } from '../incident/measures.ts';

/** 奖惩、移交、整改: who sees to it, until when. What it is about is personal. */
export interface NewMeasure {
  measure: Measure;
  by: string;
  owner: string;
  dueAt: Instant;
  action: string;
}

/** A duty of the aftermath with an owner and a date of its own. Refused where the plan has no such measure. */
export const addMeasure = defineUpdate<{ stageId: StageId }, [NewMeasure]>('addMeasure');
