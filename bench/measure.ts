import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
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
  client: Client;
  /** The wait between the two mails. */
  waitMs: number;
}

/** Longer than anything here takes on a slow machine. */
const PATIENCE_MS = 900_000;

/** How often a ladder is looked at that still has something to do. */
const LOOK_EVERY_MS = 100;

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

/** Starts `count` ladders at once. Gives the ms until the last of them had its first mail, and its second. */
export async function burst(
  ground: Ground,
  side: Side,
  count: number,
): Promise<{ lastFirstMs: number; lastSecondMs: number }> {
  const asked = await Promise.all(Array.from({ length: count }, () => ask(side)));
  const ladders = await arrived(ground, asked);
  const begun = Math.min(...ladders.map(({ askedAt }) => askedAt));
  const last = (at: 'firstAt' | 'secondAt'): number => Math.max(...ladders.map((one) => one[at])) - begun;
  return { lastFirstMs: last('firstAt'), lastSecondMs: last('secondAt') };
}

type Asked = Started & { askedAt: number };

async function ask(side: Side): Promise<Asked> {
  const askedAt = Date.now();
  return { askedAt, ...(await side.start()) };
}

async function arrived({ arrivals, client, waitMs }: Ground, asked: Asked[]): Promise<Ladder[]> {
  const patience = waitMs + PATIENCE_MS;
  const first = await arrivals.of(
    asked.map((started) => started.first),
    patience,
  );
  const second = await arrivals.of(
    asked.map((started) => started.second),
    patience,
  );
  for (const { workflowId } of asked) await untilIdle(client, workflowId);
  return asked.map(({ workflowId, askedAt }, index) => ({
    workflowId,
    askedAt,
    firstAt: first[index]!,
    secondAt: second[index]!,
  }));
}

/** Until a ladder has ended or only waits: what it still wrote would slow the other side's turn and flatter its own. */
export async function untilIdle(client: Client, workflowId: string): Promise<void> {
  for (;;) {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    if (!raw.pendingActivities?.length && !raw.pendingWorkflowTask) return;
    await pause(LOOK_EVERY_MS);
  }
}
