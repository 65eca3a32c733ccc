import { hasStage, instanceOf } from './escalation.ts';
import type { PlanPart } from '../plan/part.ts';

/**
 * What follows from an investigation, each with an owner and a date of its own:
 * - `correctiveAction` 整改
 * - `commendation` 表彰奖励
 * - `sanction` 处分: the competent body decides; ours is to submit it and to record the decision
 * - `transfer` 移交司法机关
 */
export const MEASURES = ['correctiveAction', 'commendation', 'sanction', 'transfer'] as const;
export type Measure = (typeof MEASURES)[number];

/** 整改销号: another person confirms what was reported as corrected. */
export const CLOSING_OFF = 'correctiveActionClosed';

/** Every stage that an aftermath waits for, whose instances are opened by acts. */
export const MEASURE_STAGES: readonly string[] = [...MEASURES, CLOSING_OFF];

const PAIR = /^(correctiveAction|correctiveActionClosed)_(\d+)$/;

/** The other one of a correction and its 销号, e.g. `correctiveActionClosed_2` for `correctiveAction_2`; null for any other stage. */
export function counterpart(stage: string): string | null {
  const [, which, nr] = PAIR.exec(stage) ?? [];
  if (which === undefined) return null;
  return instanceOf(which === CLOSING_OFF ? 'correctiveAction' : CLOSING_OFF, Number(nr));
}

/**
 * The stage that the end of one opens besides what the plan says: a correction that is reported done is to be confirmed, and one
 * that is sent back is to be done. Null where the plan has no 销号, as plans of before have none.
 */
export function followsMeasure(plan: PlanPart, stage: string, outcome: string): string | null {
  const other = counterpart(stage);
  if (other === null || !hasStage(plan, CLOSING_OFF)) return null;
  const goesOn = other.startsWith(CLOSING_OFF) ? outcome === 'corrected' : outcome === 'returned';
  return goesOn ? other : null;
}
