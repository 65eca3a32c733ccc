import { msBetween, type Instant } from '../incident/instant.ts';
import { ruleName } from '../incident/escalation.ts';
import { GOES_ON } from '../plan/coded-stages.ts';
import type { PlanPart } from '../plan/part.ts';

/** What the register says of one opening of a stage. */
export interface StageRow {
  id: string;
  opening: number;
  entry: number;
  stage: string;
  openedAt: Instant;
  startsAt: Instant | null;
  resolvedAt: Instant | null;
  outcome: string | null;
}

/** A stage as a branch's procedure finds it: `outcome` is null while it is open. */
export interface KnownStage {
  outcome: string | null;
  begun: boolean;
}

/** Stages by name, as a procedure of the present branch finds them: its own, the incident's, and those carried over. */
export type KnownStages = Map<string, KnownStage>;

/** `entry` is that of the present branch, entered at `enteredAt`. */
export function knownStages(
  rows: StageRow[],
  plan: PlanPart,
  { entry, enteredAt }: { entry: number; enteredAt: Instant },
  at: Instant,
): KnownStages {
  const isHere = (row: StageRow): boolean =>
    row.entry === entry || (row.entry === 0 && plan.incidentStages.includes(row.stage));
  const isCarried = ({ stage, entry: of, resolvedAt }: StageRow): boolean =>
    of > 0 &&
    of < entry &&
    (plan.branch.carries.includes(stage) || GOES_ON.includes(ruleName(stage))) &&
    (resolvedAt === null || msBetween(enteredAt, resolvedAt) > 0);
  const known: KnownStages = new Map();
  // The last opening counts, and one of this branch before one that was carried here.
  for (const row of [...rows.filter(isCarried), ...rows.filter(isHere).sort((a, b) => a.opening - b.opening)])
    known.set(row.stage, {
      outcome: row.outcome,
      begun: row.startsAt === null || msBetween(row.startsAt, at) >= 0,
    });
  return known;
}
