import type { Step } from './escalation.ts';
import { messageKey, type MessageKey, type MessagePlace } from './ids.ts';

/** An earlier step of a ladder that told the same party: which of its contacts, and the keys its messages may have. */
export interface ToldBefore {
  /** Counted from 1. */
  contact: number;
  keys: MessageKey[];
}

/** Lower steps repeat a few times at most: only the top goes on for ever. */
const MOST_REPEATS = 20;

/**
 * The steps below one that tell nearer contacts of the same party. Who they are is known only where messages are sent: after a
 * change of shift somebody else stands there, and is not to be passed over.
 */
export function toldBefore(steps: readonly Step[], place: Omit<MessagePlace, 'method'>): ToldBefore[] {
  const { party, contact } = steps[place.rung]!;
  return steps.slice(0, place.rung).flatMap((step, rung) => {
    if (step.party !== party || step.contact >= contact) return [];
    const times = Math.min(step.repeats, MOST_REPEATS) + 1;
    const keys = Array.from({ length: times }, (_, repeat) => messageKey({ ...place, rung, repeat }));
    return [{ contact: step.contact, keys }];
  });
}
