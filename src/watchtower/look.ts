import type { Client } from '@temporalio/client';
import { beatsOf, type Beats } from '../store/watch-beats.ts';
import type { Register } from '../store/open.ts';
import { queueHealth, takersOf, type QueueHealth } from '../temporal/queue-health.ts';
import { routingOf } from '../temporal/routing.ts';
import { RECORD_TASK_QUEUE, TASK_QUEUE } from '../temporal/task-queues.ts';
import { within } from '../within.ts';
import type { Look } from './keep-watch.ts';
import type { Part } from './words.ts';

const PATIENCE_MS = 2_500;
const WATCHED = [TASK_QUEUE, RECORD_TASK_QUEUE];

/** The beats of all our queues; null until each had one. Rejects when the register does not answer in time. */
export const allBeats = (register: Register): Promise<Beats | null> =>
  within(PATIENCE_MS, beatsOf(register, WATCHED));

/** Looks from inside: at the register's beats, at Temporal and who asks it for work. Never rejects. */
export async function lookInside({
  register,
  client,
}: {
  register: Register;
  client: Client;
}): Promise<Look> {
  const asked = (): Promise<QueueHealth[]> =>
    client.withDeadline(Date.now() + PATIENCE_MS, () => queueHealth(client));
  const strandedIn = async (asked: QueueHealth[]): Promise<number | null> =>
    (await client.withDeadline(Date.now() + PATIENCE_MS, () => routingOf({ client }, asked))).stranded;
  const [beats, queues] = await Promise.allSettled([allBeats(register), within(PATIENCE_MS, asked())]);
  const partOf = ({ status }: PromiseSettledResult<unknown>): Part =>
    status === 'fulfilled' ? 'ok' : 'down';
  const stranded =
    queues.status === 'fulfilled'
      ? await within(PATIENCE_MS, strandedIn(queues.value)).catch(() => null)
      : null;
  return {
    // The watchtower moves on to the current version: that it beats says nothing of incidents that end with another.
    beats: beats.status === 'fulfilled' && !stranded ? (beats.value?.count ?? null) : null,
    seen: {
      register: partOf(beats),
      temporal: partOf(queues),
      workers: queues.status === 'fulfilled' ? workersOf(queues.value) : null,
      stranded,
    },
  };
}

/** Whether alarms and records are taken: a drill's worker asks for nothing more while all its few hands are full. */
const workersOf = (queues: QueueHealth[]): Part =>
  queues.filter(({ queue }) => WATCHED.includes(queue)).every((queue) => takersOf(queue).length > 0)
    ? 'ok'
    : 'down';
