/** The same numbers for the same seed (mulberry32): a run that failed can be run again. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** From `from` to `to`. */
  between(from: number, to: number): number;
  /** In another order. */
  shuffled<T>(all: readonly T[]): T[];
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    shuffled(all) {
      const left = [...all];
      return all.map(() => left.splice(Math.floor(next() * left.length), 1)[0]!);
    },
  };
}
