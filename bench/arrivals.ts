import { within } from '../src/within.ts';
import type { Arrival } from './sink.ts';

/** When which mail came, as the sink reports it. */
export interface Arrivals {
  note(arrival: Arrival): void;
  /** The instants at which these mails came, in ms since the epoch. Throws when one has not come after `patienceMs`. */
  of(messageIds: string[], patienceMs: number): Promise<number[]>;
  /** How many mails came more than once. */
  doubles(): number;
}

export function createArrivals(): Arrivals {
  const arrived = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  let doubles = 0;
  const of = (messageId: string): Promise<number> => {
    const at = arrived.get(messageId);
    if (at !== undefined) return Promise.resolve(at);
    return new Promise((resolve) => waiting.set(messageId, resolve));
  };
  return {
    note({ messageId, at }) {
      if (arrived.has(messageId)) {
        doubles += 1;
        return;
      }
      arrived.set(messageId, at);
      waiting.get(messageId)?.(at);
      waiting.delete(messageId);
    },
    async of(messageIds, patienceMs) {
      try {
        return await within(patienceMs, Promise.all(messageIds.map(of)));
      } catch (cause) {
        const missing = messageIds.filter((id) => !arrived.has(id)).length;
        const text = `${missing} of ${messageIds.length} mails have not come within ${patienceMs / 1000} s`;
        throw new Error(text, { cause });
      }
    },
    doubles: () => doubles,
  };
}
