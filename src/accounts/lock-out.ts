/** What a failed try to sign in is counted by: the account's name, or the address it came from. */
export type BrakeKind = 'account' | 'address';

/** An office has one address for all of its people: it is given more tries than one name. */
const FREE_TRIES: Record<BrakeKind, number> = { account: 5, address: 30 };

const FIRST_LOCK_MS = 30_000;
/** Not longer, so that nobody keeps an officer out for a night by typing nonsense. */
const LONGEST_LOCK_MS = 15 * 60_000;

/** How long nothing more is tried after so many failures in a row, in milliseconds: none, then doubling. */
export function lockedForMs(kind: BrakeKind, failures: number): number {
  const over = failures - FREE_TRIES[kind];
  return over < 0 ? 0 : Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** over);
}
