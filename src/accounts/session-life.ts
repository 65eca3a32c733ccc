import { msBetween, plus, type Instant } from '../incident/instant.ts';

const HOUR_MS = 60 * 60_000;

/** A night's duty without a touch of the keyboard does not sign anybody out in the middle of an incident. */
export const UNUSED_MS = 12 * HOUR_MS;
/** A whole day's duty, with what is still to be handed over after it. */
export const LONGEST_MS = 36 * HOUR_MS;
/** How long a replaced token still serves requests that were under way. */
const OVERLAP_MS = 30_000;

/** The instants of a session. */
export interface SessionTimes {
  signedInAt: Instant;
  /** When its token was made. */
  tokenAt: Instant;
  seenAt: Instant;
  replacedAt: Instant | null;
}

/** When a session ends if nobody uses it again. */
export function endOf({ signedInAt, seenAt, replacedAt }: SessionTimes): Instant {
  const ends = [
    plus(signedInAt, LONGEST_MS),
    plus(seenAt, UNUSED_MS),
    ...(replacedAt ? [plus(replacedAt, OVERLAP_MS)] : []),
  ];
  return ends.sort()[0]!;
}

export const isAlive = (session: SessionTimes, at: Instant): boolean => msBetween(at, endOf(session)) > 0;

/** Whether its token is older than the account's rights, and has no successor yet. */
export const needsNewToken = ({ tokenAt, replacedAt }: SessionTimes, rightsAt: Instant): boolean =>
  replacedAt === null && msBetween(tokenAt, rightsAt) > 0;
