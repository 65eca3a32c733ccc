import { z } from 'zod';
import { parseLimit } from '../plan/limit.ts';

export const words = (max: number) => z.string().trim().min(1).max(max);

/** A duration as the plan writes its limits (ISO 8601), longer than 0 and at most three days. */
export const duration = z.string().refine((iso) => isWithin(iso, 3 * 24 * 3_600_000), {
  error: 'an ISO 8601 duration longer than 0 and at most P3D, e.g. PT20M',
});

/** When something happens, counted from the drill's start. `PT0S`: at once. */
export const offset = z.string().refine((iso) => iso === 'PT0S' || isWithin(iso, 3 * 24 * 3_600_000), {
  error: 'an ISO 8601 duration of at most P3D, e.g. PT20M, or PT0S',
});

function isWithin(iso: string, ms: number): boolean {
  try {
    return parseLimit(iso).ms <= ms;
  } catch {
    return false;
  }
}

/** Milliseconds of an {@link offset} or {@link duration}. */
export const msOf = (iso: string): number => (iso === 'PT0S' ? 0 : parseLimit(iso).ms);
