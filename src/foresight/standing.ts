import type { Instant } from '../incident/instant.ts';
import type { Plan } from '../plan/load.ts';
import { planPart } from '../plan/part-of.ts';
import type { PlanPart } from '../plan/part.ts';
import type { IncidentDetail } from '../store/incident-detail.ts';
import { knownStages, type KnownStages, type StageRow } from './known-stages.ts';

/** Where an incident stands in its plan. */
export interface Standing {
  detail: IncidentDetail;
  plan: Plan;
  part: PlanPart;
  stages: KnownStages;
  rows: StageRow[];
}

/** Null for an incident in no branch yet, or in one that the plan does not have. */
export function standingOf(detail: IncidentDetail, plan: Plan, at: Instant): Standing | null {
  const branch = detail.branches.at(-1);
  const rows: StageRow[] = [
    ...detail.firstResponse.map((stage) => ({ ...stage, entry: 0 })),
    ...detail.branches.flatMap(({ entry, stages }) => stages.map((stage) => ({ ...stage, entry }))),
  ];
  const where = branch ? standingIn(plan, branch, rows, at) : null;
  return where && { ...where, detail };
}

/** The same of stages alone. */
export function standingIn(
  plan: Plan,
  branch: { branch: string; entry: number; enteredAt: Instant },
  rows: StageRow[],
  at: Instant,
): Omit<Standing, 'detail'> | null {
  if (!Object.hasOwn(plan.branches, branch.branch)) return null;
  const part = planPart(plan, branch.branch);
  return { plan, part, rows, stages: knownStages(rows, part, branch, at) };
}

/** The openings that wait. */
export const openIn = ({ rows }: Pick<Standing, 'rows'>): StageRow[] =>
  rows.filter(({ resolvedAt }) => resolvedAt === null);
