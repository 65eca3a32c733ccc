import type { ChainStep, Limit, PlanPart, PlanStage } from './part.ts';

/**
 * A plan's part on a compressed clock: every wait and limit divided by `pace`, for a drill that shows a day in minutes. Pure.
 * What a link is good for stays as it is: it is read by people, whom nothing compresses. Never shorter than a second:
 * what is faster reaches nobody in time, and only floods them.
 */
export function pacedPart(plan: PlanPart, pace: number): PlanPart {
  if (pace === 1) return plan;
  const fast = (limit: Limit): Limit => paced(limit, pace);
  const orNull = (limit: Limit | null): Limit | null => limit && fast(limit);
  const step = (each: ChainStep): ChainStep => ({
    ...each,
    wait: orNull(each.wait),
    repeatEvery: orNull(each.repeatEvery),
  });
  const stage = (each: PlanStage): PlanStage => ({
    ...each,
    within: orNull(each.within),
    startsAfter: orNull(each.startsAfter),
    overdueWait: fast(each.overdueWait),
    tells: each.tells.map((line) => ({ ...line, receiptWithin: orNull(line.receiptWithin) })),
    outcomes: mapped(each.outcomes, (outcome) => ({ ...outcome, within: orNull(outcome.within) })),
  });
  return {
    ...plan,
    remindEvery: fast(plan.remindEvery),
    quietFor: fast(plan.quietFor),
    outside: { ...plan.outside, remindEvery: fast(plan.outside.remindEvery) },
    chains: mapped(plan.chains, (chain) => chain.map(step)),
    branch: { ...plan.branch, stages: mapped(plan.branch.stages, stage) },
  };
}

const SHORTEST_MS = 1_000;

/** A limit divided by `pace`, as ISO 8601 in seconds. */
export function paced({ ms }: Limit, pace: number): Limit {
  const fast = Math.max(SHORTEST_MS, Math.round(ms / pace));
  return { iso: `PT${fast / 1_000}S`, ms: fast };
}

const mapped = <A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
