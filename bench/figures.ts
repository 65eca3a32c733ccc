import type { Told } from './histories.ts';
import type { Ladder } from './measure.ts';
import { median, percentile } from './statistics.ts';

/** A ladder with what its history says. */
export type ToldLadder = Ladder & Told;

/** What one side gave, turn by turn; the same turn of the other side came right before or after. */
export type Turns = ToldLadder[][];

/** One line of the table. */
export interface Figure {
  name: string;
  unit: string;
  one: number;
  other: number;
  /** Of the other to the one. */
  ratio: number;
  /** The ratio of each pair of turns by itself. */
  pairs: number[];
  /** What the ratio is meant not to exceed; null where nothing is aimed at. */
  aim: number | null;
}

type Heading = Pick<Figure, 'name' | 'unit' | 'aim'>;
type Measure = Heading & { of: (ladders: ToldLadder[]) => number };

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

/** The way of the second mail, likewise. */
const LATE_STEPS: Measure[] = [
  { name: 'the task that set the timer took', unit: 'ms', aim: null, of: step('dueAt', 'timerDueAt') },
  { name: 'its end → the timer has fired', unit: 'ms', aim: null, of: step('timerDueAt', 'firedAt') },
  { name: '→ the mail has arrived', unit: 'ms', aim: null, of: step('firedAt', 'secondAt') },
];

const LATENCIES: Measure[] = [
  { name: 'first mail, p50', unit: 'ms', aim: 1.3, of: firstMail(0.5) },
  { name: 'first mail, p99', unit: 'ms', aim: 1.5, of: firstMail(0.99) },
  { name: 'second mail late, p50', unit: 'ms', aim: null, of: lateness(0.5) },
  { name: 'second mail late, p99', unit: 'ms', aim: 1.2, of: lateness(0.99) },
];

const COUNTS: Measure[] = [
  { name: 'events', unit: 'each', aim: null, of: each('events') },
  { name: 'workflow tasks', unit: 'each', aim: null, of: each('workflowTasks') },
  { name: 'activities', unit: 'each', aim: null, of: each('activities') },
];

type Compare = (bare: Turns, fenghuo: Turns) => Figure[];

const allOf =
  (measures: Measure[]): Compare =>
  (bare, fenghuo) =>
    measures.map(({ of, ...heading }) => ({
      ...figure(heading, bare.map(of), fenghuo.map(of)),
      // Of all turns together, where a median of the turns' own would lose the tail.
      ...both(of(bare.flat()), of(fenghuo.flat())),
    }));

/** How long the two mails of a ladder take, over all turns and pair by pair. */
export const latencies = allOf(LATENCIES);

/** Where the time to the first mail goes. */
export const firstMailSteps = allOf(STEPS);

/** Where the lateness of the second mail comes from. */
export const lateSteps = allOf(LATE_STEPS);

/** What a ladder takes of its history. */
export const counts = allOf(COUNTS);

/** A figure of which each turn gives one value: the medians of them. */
export const figure = (heading: Heading, one: number[], other: number[]): Figure => ({
  ...heading,
  ...both(median(one), median(other)),
  pairs: one.map((value, index) => other[index]! / value),
});

const both = (one: number, other: number) => ({ one, other, ratio: other / one });
