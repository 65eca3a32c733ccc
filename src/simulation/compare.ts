import type { SimulatedLine } from './lines.ts';

/** What became of a line: the same, told earlier or later, to somebody else or otherwise, only before, only after. */
export type LineChange = 'same' | 'earlier' | 'later' | 'other' | 'gone' | 'new';

/** One line of two simulations beside each other. */
export interface ComparedLine {
  key: string;
  change: LineChange;
  before: SimulatedLine | null;
  after: SimulatedLine | null;
}

interface Lines {
  lines: SimulatedLine[];
}

/** Two simulations line by line, in the order of time; what has no like in the other is `gone` or `new`. */
export function compareSimulations(before: Lines, after: Lines): ComparedLine[] {
  const then = new Map(after.lines.map((line) => [line.key, line]));
  const known = new Set(before.lines.map(({ key }) => key));
  const rows = [
    ...before.lines.map((line) => compared(line, then.get(line.key) ?? null)),
    ...after.lines.filter(({ key }) => !known.has(key)).map((line) => compared(null, line)),
  ];
  return rows.toSorted((a, b) => minutesOf(a) - minutesOf(b));
}

const minutesOf = ({ before, after }: ComparedLine): number =>
  Math.min(before?.minutes ?? Infinity, after?.minutes ?? Infinity);

const compared = (before: SimulatedLine | null, after: SimulatedLine | null): ComparedLine => ({
  key: (before ?? after)!.key,
  change: changeOf(before, after),
  before,
  after,
});

function changeOf(before: SimulatedLine | null, after: SimulatedLine | null): LineChange {
  if (!before) return 'new';
  if (!after) return 'gone';
  if (after.minutes !== before.minutes) return after.minutes < before.minutes ? 'earlier' : 'later';
  const isLimitSame = before.what !== 'opened' || before.within === after.within;
  return isLimitSame && WHAT_COUNTS.every((field) => before[field] === after[field]) ? 'same' : 'other';
}

const WHAT_COUNTS = [
  'what',
  'stageName',
  'clause',
  'source',
  'automatic',
  'duty',
  'party',
  'person',
  'by',
  'result',
] as const satisfies (keyof SimulatedLine)[];
