import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';

/** What a workflow's own history says of a ladder. Instants of the server's clock, in ms since the epoch. */
export interface Told {
  /** The workflow's clock when it began to wait, plus the wait: when the second mail was due. */
  dueAt: number;
  /** When the server's timer was due: it runs from when the server has the decision that set it. */
  timerDueAt: number;
  /** The server has seen that it was over. */
  firedAt: number;
  /** The server has the workflow. */
  startedAt: number;
  /** The worker has the first workflow task. */
  taskAt: number;
  /** The server has what the first workflow task decided. */
  decidedAt: number;
  /** A worker has the first mail's activity. */
  sendingAt: number;
  /** The history's length. */
  events: number;
  workflowTasks: number;
  activities: number;
}

/** One after the other: the server may be at work for those still open. */
export async function withHistories<Ladder extends { workflowId: string }>(
  client: Client,
  ladders: Ladder[],
): Promise<(Ladder & Told)[]> {
  const told: (Ladder & Told)[] = [];
  for (const ladder of ladders) told.push({ ...ladder, ...(await readHistory(client, ladder.workflowId)) });
  return told;
}

type Events = NonNullable<Awaited<ReturnType<Handle['fetchHistory']>>['events']>;
type Handle = ReturnType<Client['workflow']['getHandle']>;

/**
 * Reads a ladder's history. The wait is its first timer, and the workflow's clock stands at the start of the task that set it;
 * the mail is its first activity.
 */
export async function readHistory(client: Client, workflowId: string): Promise<Told> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  if (!events) throw new Error(`${workflowId} has no history`);
  const wait = the(events, 'timerStartedEventAttributes');
  const timer = wait.timerStartedEventAttributes!;
  const waitTask = byId(events, timer.workflowTaskCompletedEventId);
  const mail = the(events, 'activityTaskScheduledEventAttributes');
  const sending = events.find(({ activityTaskStartedEventAttributes: started }) =>
    started?.scheduledEventId?.eq(mail.eventId ?? 0),
  );
  const fired = events.find(({ timerFiredEventAttributes: attributes }) =>
    attributes?.startedEventId?.eq(wait.eventId ?? 0),
  );
  const all = (kind: keyof Events[number]): number => events.filter((event) => event[kind]).length;
  return {
    dueAt:
      timeOf(byId(events, waitTask?.workflowTaskCompletedEventAttributes?.startedEventId)) +
      tsToMs(timer.startToFireTimeout),
    timerDueAt: timeOf(wait) + tsToMs(timer.startToFireTimeout),
    firedAt: timeOf(fired),
    startedAt: timeOf(events[0]),
    taskAt: timeOf(the(events, 'workflowTaskStartedEventAttributes')),
    decidedAt: timeOf(the(events, 'workflowTaskCompletedEventAttributes')),
    sendingAt: timeOf(sending),
    events: events.length,
    workflowTasks: all('workflowTaskCompletedEventAttributes'),
    activities: all('activityTaskCompletedEventAttributes'),
  };
}

/** The first event of a kind. */
function the(events: Events, kind: keyof Events[number]): Events[number] {
  const event = events.find((each) => each[kind]);
  if (!event) throw new Error(`a history without ${kind}`);
  return event;
}

const byId = (events: Events, id: Events[number]['eventId']): Events[number] | undefined =>
  events.find(({ eventId }) => eventId?.eq(id ?? 0));

function timeOf(event: Events[number] | undefined): number {
  if (!event?.eventTime) throw new Error('a history without an event that is looked for');
  return tsToMs(event.eventTime);
}
