import type { Channel, OutgoingMessage } from './channel.ts';

/** Messages laid before a person in Fenghuo itself. `put` keeps one; what it throws is temporary, and the next method follows. */
export const createInApp = (put: (message: OutgoingMessage) => Promise<void>): Channel => ({
  name: 'inApp',
  async send(message) {
    await put(message);
    return { code: 'IN_APP' };
  },
});
