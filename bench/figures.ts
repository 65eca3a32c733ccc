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

const step = (from: keyof ToldLadder, to: keyof ToldLadder) => (ladders: ToldLadder[]) =>
  median(ladders.map((ladder) => Number(ladder[to]) - Number(ladder[from])));

/** The way of the first mail, step by step: medians, so that they need not add up to the whole. */
const STEPS: Measure[] = [
  { name: 'asked → workflow started', unit: 'ms', aim: null, of: step('askedAt', 'startedAt') },
  { name: '→ worker has its first task', unit: 'ms', aim: null, of: step('startedAt', 'taskAt') },
  { name: '→ server has the decision', unit: 'ms', aim: null, of: step('taskAt', 'decidedAt') },
  { name: '→ worker has the mail', unit: 'ms', aim: null, of: step('decidedAt', 'sendingAt') },
  { name: '→ the mail has arrived', unit: 'ms', aim: null, of: step('sendingAt', 'firstAt') },
];

const MEASURES: Measure[] = [
  { name: 'first mail, p50', unit: 'ms', aim: 1.3, of: firstMail(0.5) },
  { name: 'first mail, p99', unit: 'ms', aim: 1.5, of: firstMail(0.99) },
  { name: 'second mail late, p50', unit: 'ms', aim: null, of: lateness(0.5) },
  { name: 'second mail late, p99', unit: 'ms', aim: 1.2, of: lateness(0.99) },
  { name: 'events', unit: 'each', aim: null, of: each('events') },
  { name: 'workflow tasks', unit: 'each', aim: null, of: each('workflowTasks') },
  { name: 'activities', unit: 'each', aim: null, of: each('activities') },
];

/** The figures of a run: over all ladders of a side, and the ratio pair by pair. */
export function figures(bare: Results, fenghuo: Results, burst: number): Figure[] {
  const wall = figure(
    { name: `burst of ${burst}, last first mail`, unit: 'ms', aim: 1.5 },
    median(bare.bursts),
    median(fenghuo.bursts),
    pairwise(bare.bursts, fenghuo.bursts),
  );
  const rated = MEASURES.map((measure) => overTurns(measure, bare, fenghuo));
  return [...rated.slice(0, 4), wall, ...rated.slice(4)];
}

/** Where the time to the first mail goes. */
export const firstMailSteps = (bare: Results, fenghuo: Results): Figure[] =>
  STEPS.map((measure) => overTurns(measure, bare, fenghuo));

const overTurns = ({ of, ...measure }: Measure, bare: Results, fenghuo: Results): Figure =>
  figure(
    measure,
    of(bare.turns.flat()),
    of(fenghuo.turns.flat()),
    pairwise(bare.turns.map(of), fenghuo.turns.map(of)),
  );

const figure = (
  measure: Pick<Figure, 'name' | 'unit' | 'aim'>,
  bare: number,
  fenghuo: number,
  pairs: number[],
): Figure => ({ ...measure, bare, fenghuo, ratio: fenghuo / bare, pairs });

const pairwise = (bare: number[], fenghuo: number[]): number[] =>
  bare.map((value, index) => fenghuo[index]! / value);
