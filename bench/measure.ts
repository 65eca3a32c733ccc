import { setTimeout as pause } from 'node:timers/promises';
import type { Arrivals } from './arrivals.ts';
import type { Side, Started } from './sides.ts';

/** One ladder of a side. Instants in ms since the epoch. */
export interface Ladder {
  workflowId: string;
  askedAt: number;
  firstAt: number;
  secondAt: number;
}

export interface Ground {
  arrivals: Arrivals;
  /** The wait between the two mails. */
  waitMs: number;
}

/** Longer than anything here takes on a slow machine. */
const PATIENCE_MS = 180_000;

/** Time for what comes after the last mail, the record of it for one, to end before the other side's turn. */
const SETTLE_MS = 3_000;

/** Starts `count` ladders, `rate` a second whether the ones before are through or not, and waits for all their mails. */
export async function atRate(
  ground: Ground,
  side: Side,
  { count, rate }: { count: number; rate: number },
): Promise<Ladder[]> {
  const begun = Date.now();
  const starts: Promise<Asked>[] = [];
  for (let index = 0; index < count; index += 1) {
    await pause(Math.max(0, begun + (index * 1000) / rate - Date.now()));
    const asked = ask(side);
    asked.catch(() => undefined); // seen below, with the others
    starts.push(asked);
  }
  return arrived(ground, await Promise.all(starts));
}

/** Starts `count` ladders at once. Gives the ms until the last of them had its first mail. */
export async function burst(ground: Ground, side: Side, count: number): Promise<number> {
  const asked = await Promise.all(Array.from({ length: count }, () => ask(side)));
  const ladders = await arrived(ground, asked);
  const begun = Math.min(...ladders.map(({ askedAt }) => askedAt));
  return Math.max(...ladders.map(({ firstAt }) => firstAt)) - begun;
}

type Asked = Started & { askedAt: number };

async function ask(side: Side): Promise<Asked> {
  const askedAt = Date.now();
  return { askedAt, ...(await side.start()) };
}

async function arrived({ arrivals, waitMs }: Ground, asked: Asked[]): Promise<Ladder[]> {
  const patience = waitMs + PATIENCE_MS;
  const first = await arrivals.of(
    asked.map((started) => started.first),
    patience,
  );
  const second = await arrivals.of(
    asked.map((started) => started.second),
    patience,
  );
  await pause(SETTLE_MS);
  return asked.map(({ workflowId, askedAt }, index) => ({
    workflowId,
    askedAt,
    firstAt: first[index]!,
    secondAt: second[index]!,
  }));
}
