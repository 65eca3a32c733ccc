import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';

/** What a workflow's own history says of a ladder. */
export interface Told {
  /** The workflow's clock when it began to wait, plus the wait: when the second mail was due, in ms since the epoch. */
  dueAt: number;
  /** The history's length. */
  events: number;
  workflowTasks: number;
  activities: number;
}

/** Reads a ladder's history. The wait is its first timer, and the workflow's clock stands at the start of the task that set it. */
export async function readHistory(client: Client, workflowId: string): Promise<Told> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  if (!events) throw new Error(`${workflowId} has no history`);
  const wait = events.find((event) => event.timerStartedEventAttributes)?.timerStartedEventAttributes;
  const task = events.find(({ eventId }) => eventId?.eq(wait?.workflowTaskCompletedEventId ?? 0));
  const startedId = task?.workflowTaskCompletedEventAttributes?.startedEventId;
  const started = events.find(({ eventId }) => eventId?.eq(startedId ?? 0));
  if (!wait?.startToFireTimeout || !started?.eventTime) throw new Error(`${workflowId} never waited`);
  return {
    dueAt: tsToMs(started.eventTime) + tsToMs(wait.startToFireTimeout),
    events: events.length,
    workflowTasks: events.filter((event) => event.workflowTaskCompletedEventAttributes).length,
    activities: events.filter((event) => event.activityTaskCompletedEventAttributes).length,
  };
}
