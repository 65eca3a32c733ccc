import { realMs, type DrillOrder } from './order.ts';
import type { DrillRun } from './run.ts';

const MINUTE_MS = 60_000;
const LOOKS = 200;

/** An order as its workflow takes it; scenes in the order of their times. Those after the end are not played. */
export function runOf(drill: string, order: DrillOrder): DrillRun {
  const lastsMs = realMs(order, order.duration);
  const scenes = order.injects
    .map(({ after }, index) => ({ nr: index + 1, afterMs: realMs(order, after) }))
    .filter(({ afterMs }) => afterMs <= lastsMs)
    .sort((a, b) => a.afterMs - b.afterMs || a.nr - b.nr);
  return {
    drill,
    startsAt: order.startsAt,
    lastsMs,
    scenes,
    director: order.director,
    offices: order.offices.map(({ office }) => office),
    lookMs: Math.min(2 * MINUTE_MS, Math.max(MINUTE_MS, Math.round(lastsMs / LOOKS))),
  };
}
