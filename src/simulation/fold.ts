import type { SimulatedLine } from './lines.ts';

/** A telling with all the methods by which the person is tried, and with how often it is repeated later. */
export interface FoldedLine extends SimulatedLine {
  /** In the order in which they are tried. */
  methods: string[];
  /** How often the same person is told the same again, this time not counted, and how many minutes after one another. */
  repeats: number;
  everyMinutes: number | null;
}

/**
 * A simulation shorter: one line for a person and not one for each of their methods, and one for what is repeated at the
 * top of a ladder until somebody answers.
 */
export function fold(lines: SimulatedLine[]): FoldedLine[] {
  const folded: FoldedLine[] = [];
  const tellings = new Map<string, FoldedLine>();
  const repeated = new Map<string, { first: FoldedLine; last: FoldedLine }>();
  for (const line of lines) {
    const further = /^(.*)\/m\d+$/.exec(line.key);
    const telling = further ? tellings.get(further[1]!) : undefined;
    if (telling) {
      if (line.by) telling.methods.push(line.by);
      continue;
    }
    const row: FoldedLine = { ...line, methods: line.by ? [line.by] : [], repeats: 0, everyMinutes: null };
    tellings.set(line.key, row);
    const step = /^(.*\/\d+)\/([1-9]\d*)$/.exec(line.key)?.[1];
    const before = line.party !== null && step ? repeated.get(step) : undefined;
    if (before) {
      before.first.repeats += 1;
      before.first.everyMinutes ??= row.minutes - before.last.minutes;
      before.last = row;
      continue;
    }
    if (line.party !== null && step) repeated.set(step, { first: row, last: row });
    folded.push(row);
  }
  return folded;
}
