import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../harness/until.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** What is done to a running system, and undone. Resolves when everything serves again. */
export interface Fault {
  name: string;
  /** Whether this world can have it; always where it is left out. */
  isPossible?: (world: World) => boolean;
  inflict(world: World, random: Random): Promise<void>;
}

const seconds = (random: Random, from: number, to: number) => pause(random.between(from, to) * 1_000);

async function away(world: World, what: 'worker' | 'temporal', act: () => Promise<void>): Promise<void> {
  world.outages.began(what);
  await act();
  world.outages.ended(what);
}

export const FAULTS: Fault[] = [
  {
    name: 'the worker is killed',
    inflict: (world, random) =>
      away(world, 'worker', async () => {
        await world.worker.kill9();
        await seconds(random, 0, 3);
        await world.worker.start();
      }),
  },
  {
    name: 'the worker hangs',
    inflict: (world, random) =>
      away(world, 'worker', async () => {
        world.worker.signal('SIGSTOP');
        await seconds(random, 2, 8);
        world.worker.signal('SIGCONT');
      }),
  },
  {
    name: 'the API is killed',
    async inflict({ api }, random) {
      await api.kill9();
      await seconds(random, 0, 3);
      await api.start();
    },
  },
  {
    name: 'the API hangs',
    async inflict({ api }, random) {
      api.signal('SIGSTOP');
      await seconds(random, 2, 6);
      api.signal('SIGCONT');
    },
  },
  {
    name: 'Temporal is killed',
    inflict: (world, random) =>
      away(world, 'temporal', async () => {
        await world.temporal.kill9();
        await seconds(random, 0, 4);
        await world.temporal.start();
      }),
  },
  {
    name: 'Temporal hangs',
    inflict: (world, random) =>
      away(world, 'temporal', async () => {
        world.temporal.signal('SIGSTOP');
        await seconds(random, 2, 8);
        world.temporal.signal('SIGCONT');
      }),
  },
  {
    name: 'PostgreSQL is killed',
    async inflict({ postgres }, random) {
      await postgres.kill9();
      await seconds(random, 0, 5);
      await postgres.start();
    },
  },
  {
    name: 'PostgreSQL hangs',
    async inflict({ postgres }, random) {
      postgres.signal('SIGSTOP');
      await seconds(random, 2, 8);
      postgres.signal('SIGCONT');
    },
  },
  {
    name: 'the mail server is down',
    async inflict({ smtp }, random) {
      await smtp.stop();
      await seconds(random, 2, 6);
      await smtp.start();
    },
  },
  {
    name: 'the mail server hangs',
    async inflict({ smtp }, random) {
      smtp.hang(true);
      await seconds(random, 2, 6);
      smtp.hang(false);
    },
  },
  {
    name: 'a connection breaks in the middle of a commit',
    async inflict({ link }) {
      for (let cuts = 0; cuts < 3; cuts += 1) await link.cutAtCommit(10_000);
    },
  },
  {
    name: 'all connections to PostgreSQL break',
    async inflict({ link }) {
      link.cut();
    },
  },
  {
    name: "PostgreSQL's disk is full",
    isPossible: ({ disk }) => disk !== null,
    async inflict({ disk, postgres }, random) {
      await disk!.fill();
      await seconds(random, 3, 8);
      await disk!.free();
      await postgres.start(); // where it gave up
    },
  },
  {
    name: 'the clock jumps an hour ahead, and back',
    isPossible: ({ setClocks }) => setClocks !== null,
    async inflict({ setClocks }, random) {
      setClocks!(3_600);
      await seconds(random, 4, 8);
      setClocks!(0);
    },
  },
  {
    name: 'messages are out, and Temporal hears of it only after the worker is killed',
    inflict: (world, random) =>
      away(world, 'temporal', async () => {
        world.holdMail(true);
        await seconds(random, 2, 4);
        // Without a message on its way this would be another fault.
        await until('a message is held', async () => world.held() > 0, 20_000).catch(() => undefined);
        world.temporal.signal('SIGSTOP');
        world.holdMail(false);
        await pause(3_000);
        await away(world, 'worker', async () => {
          await world.worker.kill9();
          world.temporal.signal('SIGCONT');
          await world.worker.start();
        });
      }),
  },
  {
    name: 'the power is cut',
    inflict: (world, random) =>
      away(world, 'temporal', () =>
        away(world, 'worker', async () => {
          const { api, worker, temporal, postgres } = world;
          await Promise.all([api.kill9(), worker.kill9(), temporal.kill9(), postgres.kill9()]);
          await seconds(random, 0, 2);
          await postgres.start();
          await temporal.start();
          await Promise.all([worker.start(), api.start()]);
        }),
      ),
  },
];
