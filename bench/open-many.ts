import pLimit from 'p-limit';
import type { OneSide } from './both-sides.ts';
import { untilIdle } from './measure.ts';
import type { Opener } from './openers.ts';
import type { Started } from './sides.ts';

/**
 * How many are opened at a time: each lane waits for the first mail of one before it opens the next. Enough to keep some cores busy; more
 * would only make the tasks slow that set the timers, and so their mails late.
 */
export const LANES = 12;

/** Within which all fall due. */
export const MINUTE_MS = 60_000;

const PATIENCE_MS = 3_600_000;
const SAY_EVERY_MS = 15_000;

/** Opened as reports are, for how fast it goes and what the API takes. Through with both mails when it resolves. */
export async function openTrial(
  { ground }: OneSide,
  { side }: Opener,
  count: number,
): Promise<{ perSecond: number }> {
  const begun = Date.now();
  const started = await pLimit(LANES).map([...Array(count).keys()], async () => {
    const one = await side.start();
    await ground.arrivals.of([one.first], PATIENCE_MS);
    return one;
  });
  const perSecond = (count * 1000) / (Date.now() - begun);
  await ground.arrivals.of(
    started.map(({ second }) => second),
    PATIENCE_MS,
  );
  await allIdle(ground, started);
  return { perSecond };
}

/** When the first of `count` can fall due, so that all are open and have rested by then: with half as much time again. */
export const firstDue = (count: number, perSecond: number, restS: number): number =>
  Date.now() + (count / perSecond) * 1_500 + restS * 1_000 + SETTLE_MS;

/** For what is still being written after the last was opened. */
const SETTLE_MS = 60_000;

/**
 * Opens `count`, evenly due over the minute from `dueFrom` on. Stops with fewer when there would be no time left to rest: those are told of
 * as they are. Resolves when nothing is under way any more.
 */
export async function openMany(
  { ground }: OneSide,
  opener: Opener,
  { count, dueFrom, restS }: { count: number; dueFrom: number; restS: number },
  say: (line: string) => void,
): Promise<Started[]> {
  const begun = Date.now();
  let open = 0;
  const telling = setInterval(() => {
    const left = ((count - open) * (Date.now() - begun)) / Math.max(1, open) / 60_000;
    say(`  ${open} of ${count} open, ${left.toFixed(1)} min to go`);
  }, SAY_EVERY_MS);
  try {
    const latest = dueFrom - restS * 1_000 - SETTLE_MS / 2;
    const all = await pLimit(LANES).map([...Array(count).keys()], async (index) => {
      if (Date.now() > latest) return null;
      const one = await opener.openAt(dueFrom + (index * MINUTE_MS) / count);
      await ground.arrivals.of([one.first], PATIENCE_MS);
      open += 1;
      return one;
    });
    const started = all.filter((one) => one !== null);
    await allIdle(ground, started);
    return started;
  } finally {
    clearInterval(telling);
  }
}

/** Waits until the second mail of each is there, and nothing is under way any more. Gives when each came. */
export async function allThrough(
  { ground }: OneSide,
  started: Started[],
  say: (line: string) => void,
): Promise<number[]> {
  let through = 0;
  const telling = setInterval(() => say(`  ${through} of ${started.length} told again`), SAY_EVERY_MS);
  try {
    const arrived = await Promise.all(
      started.map(async ({ second }) => {
        const [at] = await ground.arrivals.of([second], PATIENCE_MS);
        through += 1;
        return at!;
      }),
    );
    await allIdle(ground, started);
    return arrived;
  } finally {
    clearInterval(telling);
  }
}

/** What was opened last is idle last, or nearly: asking for all would itself be work. */
async function allIdle({ client }: OneSide['ground'], started: Started[]): Promise<void> {
  for (const { workflowId } of started.slice(-200)) await untilIdle(client, workflowId);
}
