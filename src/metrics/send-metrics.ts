import { Counter, Histogram } from 'prom-client';
import type { Channels } from '../activities/compose.ts';
import type { Channel } from '../channels/channel.ts';
import { isPermanent } from '../channels/failure.ts';
import type { Metrics } from './metrics.ts';

/** What people and groups are told by. */
interface Ways {
  channels: Channels;
  robots?: Channel[];
}

/** The same channels and robots, each of whose tries is counted by its result and timed. */
export function countSends({ registry }: Metrics, { channels, robots = [] }: Ways): Required<Ways> {
  const registers = [registry];
  const attempts = new Counter({
    name: 'fenghuo_send_attempts_total',
    help: 'Tries to hand over a message: accepted, refused (for good) or failed (tried again).',
    labelNames: ['channel', 'result'],
    registers,
  });
  const seconds = new Histogram({
    name: 'fenghuo_send_seconds',
    help: 'How long a try took, whatever came of it.',
    labelNames: ['channel'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16],
    registers,
  });
  const counted = (by: string, channel: Channel): Channel => {
    // A series that begins at its first failure would hide that failure from `increase()`.
    for (const result of ['accepted', 'refused', 'failed']) attempts.inc({ channel: by, result }, 0);
    return {
      ...channel,
      async send(message) {
        const done = seconds.startTimer({ channel: by });
        try {
          const accepted = await channel.send(message);
          attempts.inc({ channel: by, result: 'accepted' });
          return accepted;
        } catch (error) {
          attempts.inc({ channel: by, result: isPermanent(error) ? 'refused' : 'failed' });
          throw error;
        } finally {
          done();
        }
      },
    };
  };
  return {
    channels: Object.fromEntries(Object.entries(channels).map(([by, channel]) => [by, counted(by, channel)])),
    robots: robots.map((robot) => counted(robot.name, robot)),
  };
}
