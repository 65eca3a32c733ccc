/** How much of everything is measured. */
export interface Sizes {
  /** Starts a second. */
  rates: number[];
  /** Ladders of each side, by rate. */
  n: Record<number, number>;
  /** How often the sides take turns at each rate. */
  pairs: number;
  /** Ladders started at once. */
  bursts: number[];
  /** Bursts of each size and side. */
  turns: number;
  /** Incidents reported at once to one worker, and to two. */
  workload: number;
  workerTurns: number;
  /** Incidents that are open at a time. */
  open: number;
  /** Seconds for which they are watched at rest. */
  rest: number;
  /** Ladders before anything is measured. */
  warmUps: number;
}

/** At one a second fewer, so that it does not take for ever. */
const full: Sizes = {
  rates: [1, 5, 20],
  n: { 1: 100, 5: 500, 20: 1000 },
  pairs: 5,
  bursts: [300, 1000],
  turns: 3,
  workload: 300,
  workerTurns: 3,
  open: 10_000,
  rest: 60,
  warmUps: 20,
};

/** Shows that everything works, and measures nothing. */
const quick: Sizes = {
  rates: [1, 5, 20],
  n: { 1: 5, 5: 20, 20: 40 },
  pairs: 1,
  bursts: [20, 40],
  turns: 1,
  workload: 30,
  workerTurns: 1,
  open: 200,
  rest: 5,
  warmUps: 5,
};

export const SIZES = { full, quick };
