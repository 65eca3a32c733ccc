import type { Client } from '@temporalio/client';

/** What an incident has cost the server until now, over all its runs. */
export interface Cost {
  /** Sent, to whomever. */
  messages: number;
  events: number;
  /** Of its histories, as the server counts them. */
  bytes: number;
  /** Workflow tasks that were completed. */
  tasks: number;
  /** Of all kinds, completed. */
  activities: number;
}

const NONE: Cost = { messages: 0, events: 0, bytes: 0, tasks: 0, activities: 0 };

/** Reads the histories of a workflow, from its first run to its last. */
export async function costOf(client: Client, workflowId: string): Promise<Cost> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  let total = NONE;
  let runId: string | null | undefined = raw.workflowExecutionInfo?.firstRunId;
  while (runId) {
    const { cost, next } = await runOf(client, workflowId, runId);
    total = combine(total, cost, (a, b) => a + b);
    runId = next;
  }
  return total;
}

/** What came in between. */
export const minus = (after: Cost, before: Cost): Cost => combine(after, before, (a, b) => a - b);

const combine = (one: Cost, other: Cost, how: (a: number, b: number) => number): Cost => ({
  messages: how(one.messages, other.messages),
  events: how(one.events, other.events),
  bytes: how(one.bytes, other.bytes),
  tasks: how(one.tasks, other.tasks),
  activities: how(one.activities, other.activities),
});

async function runOf(client: Client, workflowId: string, runId: string) {
  const handle = client.workflow.getHandle(workflowId, runId);
  const [{ historySize = 0 }, history] = await Promise.all([handle.describe(), handle.fetchHistory()]);
  const events = history.events ?? [];
  const count = (is: (event: (typeof events)[number]) => unknown): number => events.filter(is).length;
  const cost: Cost = {
    messages: count((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'send'),
    events: events.length,
    bytes: historySize,
    tasks: count((event) => event.workflowTaskCompletedEventAttributes),
    activities: count((event) => event.activityTaskCompletedEventAttributes),
  };
  return { cost, next: events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId };
}
