import type { DrillEnd } from '../incident/entry.ts';
import { plus, toMs, type Instant } from '../incident/instant.ts';

/** What the drill's workflow goes by: times alone, in real milliseconds. What is said stays in the register. */
export interface DrillRun {
  drill: string;
  startsAt: Instant;
  lastsMs: number;
  offices: string[];
  scenes: { nr: number; afterMs: number }[];
  director: string;
  /** How often a running drill looks for real incidents that it was not told of: every two minutes or sooner. */
  lookMs: number;
}

/** How a drill ended at an office. */
export interface DrillOfficeEnd {
  as: DrillEnd;
  by: string | null;
  realIncident: string | null;
}

/** Milliseconds from `now` until `ms` after `start`; 0 when that is over. */
export const msUntil = (now: Instant, start: Instant, ms = 0): number =>
  Math.max(0, toMs(plus(start, ms)) - toMs(now));
