import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { previewBody, previewSchema } from '../../../src/api/schemas-plans.ts';
import { compareSimulations, type ComparedLine } from '../../../src/simulation/compare.ts';
import type { SimulatedLine } from '../../../src/simulation/lines.ts';
import { ask } from '../api/client.ts';

export type Trial = Pick<z.output<typeof previewBody>, 'office' | 'at' | 'minutes' | 'drill'> & {
  type: string | null;
};
export type Preview = z.infer<typeof previewSchema>;
export type Line = Preview['lines'][number];

/** Which plan is tried: an edition or a proposal by its hash, or a draft's text. */
export type Tried = { edition: string } | { text: string };

/** Who would be told if nobody ever answered. Null: nothing is asked. */
export const usePreview = (trial: Trial | null, tried: Tried | null) =>
  useQuery({
    queryKey: ['preview', trial, tried],
    queryFn: ({ signal }) =>
      ask<Preview>('/api/plans/preview', { method: 'POST', body: { ...trial, ...tried }, signal }),
    enabled: trial !== null && tried !== null,
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 60_000,
  });

/** A line as it is shown: what became of it beside the other plan; null alone. */
export interface Row {
  line: Line;
  change: ComparedLine['change'] | null;
  /** Minutes after the report in the plan in force, where it moved. */
  was: number | null;
}

/** The lines of one minute. */
export interface Minute {
  at: string;
  minutes: number;
  rows: Row[];
}

const rowOf = ({ before, after, change }: ComparedLine): Row => ({
  line: (after ?? before) as Line,
  change,
  was: before && after && before.minutes !== after.minutes ? before.minutes : null,
});

/** The lines by minute; beside another simulation with what became of each. */
export function minutesOf(preview: Preview, other: Preview | undefined): Minute[] {
  const rows: Row[] = other
    ? compareSimulations(linesOf(preview), linesOf(other)).map(rowOf)
    : preview.lines.map((line) => ({ line, change: null, was: null }));
  const minutes = new Map<number, Minute>();
  for (const row of rows.toSorted((a, b) => a.line.minutes - b.line.minutes)) {
    const { at, minutes: nr } = row.line;
    const minute = minutes.get(nr) ?? { at, minutes: nr, rows: [] };
    minute.rows.push(row);
    minutes.set(nr, minute);
  }
  return [...minutes.values()];
}

/** The API's lines are the simulation's own. */
const linesOf = ({ lines }: Preview) => ({ lines: lines as SimulatedLine[] });
