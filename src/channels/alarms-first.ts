import PQueue from 'p-queue';
import type { Notice } from '../incident/notice.ts';
import type { Channel, OutgoingMessage } from './channel.ts';

export interface RateLimit {
  /** How many messages a provider takes in any `interval`. Each process counts for itself. */
  most: number;
  /** In ms; a minute if left out. */
  interval?: number;
  /** The longest a message waits for its turn, in ms. After that it fails as `RATE_LIMITED`, for now. */
  patience?: number;
}

/** A drill, and what is told for the record only, can wait; every other notice is an alarm. */
export const priorityOf = ({ drill, superseded }: Notice): NonNullable<OutgoingMessage['priority']> =>
  drill || superseded ? 'routine' : 'alarm';

/**
 * `channel`, kept below its provider's limit. While messages wait, alarms go before what is `routine`, and each in the order
 * in which they came. The time spent waiting is not counted into the channel's own deadline.
 */
export function alarmsFirst(
  channel: Channel,
  { most, interval = 60_000, patience = 8_000 }: RateLimit,
): Channel {
  const queue = new PQueue({ intervalCap: most, interval, strict: true });
  return {
    name: channel.name,
    async send(message) {
      const waiting = new AbortController();
      const giveUp = setTimeout(() => waiting.abort(tooMany()), patience);
      const send = () => {
        clearTimeout(giveUp); // what has begun is not given up here: it might arrive all the same
        return channel.send(message);
      };
      const priority = message.priority === 'routine' ? 0 : 1;
      try {
        return await queue.add(send, { priority, signal: waiting.signal });
      } finally {
        clearTimeout(giveUp);
      }
    },
  };
}

const tooMany = (): Error =>
  Object.assign(new Error('too many messages wait before this one'), { code: 'ERATELIMIT' });
