import type { Told } from './histories.ts';
import type { Ladder } from './measure.ts';
import { median, percentile } from './statistics.ts';

/** A ladder with what its history says. */
export type ToldLadder = Ladder & Told;

/** What one side gave, turn by turn; the same turn of the other side came right before or after. */
export interface Results {
  turns: ToldLadder[][];
  /** Ms of each burst. */
  bursts: number[];
}

/** One line of the table. */
export interface Figure {
  name: string;
  unit: string;
  bare: number;
  fenghuo: number;
  /** Of the two. */
  ratio: number;
  /** The ratio of each pair of turns by itself. */
  pairs: number[];
  /** What the ratio is meant not to exceed; null where nothing is aimed at. */
  aim: number | null;
}

type Measure = Pick<Figure, 'name' | 'unit' | 'aim'> & { of: (ladders: ToldLadder[]) => number };

const firstMail = (share: number) => (ladders: ToldLadder[]) =>
  percentile(
    ladders.map(({ askedAt, firstAt }) => firstAt - askedAt),
    share,
  );

const lateness = (share: number) => (ladders: ToldLadder[]) =>
  percentile(
    ladders.map(({ dueAt, secondAt }) => secondAt - dueAt),
    share,
  );

const each = (name: 'events' | 'workflowTasks' | 'activities') => (ladders: ToldLadder[]) =>
  median(ladders.map((ladder) => ladder[name]));

const MEASURES: Measure[] = [
  { name: 'first mail, p50', unit: 'ms', aim: 1.3, of: firstMail(0.5) },
  { name: 'first mail, p99', unit: 'ms', aim: 1.5, of: firstMail(0.99) },
  { name: 'second mail late, p50', unit: 'ms', aim: null, of: lateness(0.5) },
  { name: 'second mail late, p99', unit: 'ms', aim: 1.2, of: lateness(0.99) },
  { name: 'events', unit: 'each', aim: null, of: each('events') },
  { name: 'workflow tasks', unit: 'each', aim: null, of: each('workflowTasks') },
  { name: 'activities', unit: 'each', aim: null, of: each('activities') },
];

/** All figures of a run: over all ladders of a side, and the ratio pair by pair. */
export function figures(bare: Results, fenghuo: Results, burst: number): Figure[] {
  const rated = MEASURES.map(({ of, ...measure }) =>
    figure(
      measure,
      of(bare.turns.flat()),
      of(fenghuo.turns.flat()),
      pairwise(bare.turns.map(of), fenghuo.turns.map(of)),
    ),
  );
  const wall = figure(
    { name: `burst of ${burst}, last first mail`, unit: 'ms', aim: 1.5 },
    median(bare.bursts),
    median(fenghuo.bursts),
    pairwise(bare.bursts, fenghuo.bursts),
  );
  return [...rated.slice(0, 4), wall, ...rated.slice(4)];
}

const figure = (
  measure: Pick<Figure, 'name' | 'unit' | 'aim'>,
  bare: number,
  fenghuo: number,
  pairs: number[],
): Figure => ({ ...measure, bare, fenghuo, ratio: fenghuo / bare, pairs });

const pairwise = (bare: number[], fenghuo: number[]): number[] =>
  bare.map((value, index) => fenghuo[index]! / value);
