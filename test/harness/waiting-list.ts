/** Those who wait for a value that fits, in the order in which they came. */
export interface WaitingList<T> {
  /** Resolves with the next value that fits. */
  next(fits?: (value: T) => boolean): Promise<T>;
  /** Hands `value` to the first `max` that wait for it; true when anybody did. */
  hand(value: T, max?: number): boolean;
}

export function createWaitingList<T>(): WaitingList<T> {
  const waiters: { fits: (value: T) => boolean; resolve: (value: T) => void }[] = [];
  return {
    next: (fits = () => true) => new Promise((resolve) => waiters.push({ fits, resolve })),
    hand(value, max = Infinity) {
      const taken = waiters.filter(({ fits }) => fits(value)).slice(0, max);
      for (const waiter of taken) waiters.splice(waiters.indexOf(waiter), 1);
      for (const waiter of taken) waiter.resolve(value);
      return taken.length > 0;
    },
  };
}
