import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

/**
 * Lets time pass on a server whose clock leaps: from one timer of an open workflow to the next, and at each stays until all that
 * it brought about is done. Left to itself, this server on a busy machine lets its clock run on while a workflow task is under way,
 * schedules a second one beside it and never leaps again; and what was being sent is outrun by the deadlines after it.
 */

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

/** How long a leap, or what it brings about, may take before something is wrong. */
const PATIENCE_MS = 90_000;

/**
 * The words by which `npm test` knows that this server's clock has stopped all the same; it then runs the file once more by itself.
 */
export const CLOCK_STOPPED = "the test server's clock has stopped";

/** What stands in the histories of the open workflows. */
interface Pending {
  /** Which workflow task or activity is under way; null when none is. */
  busy: string | null;
  /** When the next timer is due, in ms since 1970 by the server's clock; null when none is set. */
  nextTimer: number | null;
}

/** Lets so many minutes pass, and everything that falls due in them happen. Throws `Error` with {@link CLOCK_STOPPED} where they do not pass. */
export async function passMinutes(env: TestWorkflowEnvironment, minutes: number): Promise<void> {
  const until = (await env.currentTimeMs()) + minutes * 60_000;
  for (;;) {
    const nextTimer = await quiet(env);
    const now = await env.currentTimeMs();
    if (now >= until) return;
    // A timer so near that it fell due between the two questions needs no leap.
    await leap(env, Math.max(1, Math.min(nextTimer ?? until, until) - now));
  }
}

const LOOK_EVERY_MS = 20;

/**
 * Waits until no workflow task and no activity is under way and no timer is due, and gives when the next one will be. Asked before a
 * query too: this server may never answer one that comes beside a workflow task.
 */
export async function quiet(env: TestWorkflowEnvironment): Promise<number | null> {
  for (const since = Date.now(); ;) {
    const { busy, nextTimer } = await pending(env.client);
    const isDue = nextTimer !== null && nextTimer <= (await env.currentTimeMs());
    if (busy === null && !isDue) return nextTimer;
    if (Date.now() - since > PATIENCE_MS)
      throw new Error(`${CLOCK_STOPPED}: under way for ever is ${busy ?? 'a timer that is due'}`);
    await pause(LOOK_EVERY_MS);
  }
}

/**
 * Lets the clock leap while all is quiet. What still holds it then is a lock that this server has lost: cancelling an activity that no
 * worker has taken up yet leaves one, as does ending a workflow that waits for one. It is released here, one at a time.
 */
async function leap(env: TestWorkflowEnvironment, ms: number): Promise<void> {
  const { testService } = env.connection;
  const passed = env.sleep(ms).then(() => 'passed');
  for (let tries = 0; tries < LOST_LOCKS; tries += 1) {
    if ((await within(LEAP_MS, passed)) === 'passed') return;
    // Refused where there is none, and then the next look says so.
    await testService?.unlockTimeSkipping({}).catch(() => undefined);
  }
  throw new Error(`${CLOCK_STOPPED}: ${ms / 60_000} minutes do not pass`);
}

/** A leap takes milliseconds; this is so long that only a lock explains it, and what falls due at its end has its second. */
const LEAP_MS = 5_000;

/** So many may one leap release. */
const LOST_LOCKS = 12;

async function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  const isOver = new AbortController();
  const late = pause(ms, 'late' as const, { signal: isOver.signal }).catch(() => 'late' as const);
  return Promise.race([work, late]).finally(() => isOver.abort());
}

async function pending(client: Client): Promise<Pending> {
  const { namespace } = client.options;
  const { executions } = await client.workflowService.listOpenWorkflowExecutions({
    namespace,
    maximumPageSize: 1_000,
  });
  const all = await Promise.all(executions.map(({ execution }) => pendingOf(client, execution!)));
  const timers = all.flatMap(({ nextTimer }) => nextTimer ?? []);
  return {
    busy: all.find(({ busy }) => busy !== null)?.busy ?? null,
    nextTimer: timers.length > 0 ? Math.min(...timers) : null,
  };
}

/** What a run's history held when it was last read, and how long it was then: reading it costs more than all else here. */
const read = new Map<string, Pending & { historyLength: number }>();

async function pendingOf(
  client: Client,
  execution: temporal.api.common.v1.IWorkflowExecution,
): Promise<Pending> {
  const { namespace } = client.options;
  const { workflowExecutionInfo: info, pendingActivities } =
    await client.workflowService.describeWorkflowExecution({ namespace, execution });
  const last = read.get(execution.runId!);
  if (pendingActivities.length > 0)
    return { busy: pendingActivities.map(inWords).join(', '), nextTimer: null };
  if (last && last.historyLength === Number(info!.historyLength)) return last;
  const { history } = await client.workflowService.getWorkflowExecutionHistory({ namespace, execution });
  const events = history?.events ?? [];
  const now = { ...pendingIn(events), historyLength: events.length };
  read.set(execution.runId!, now);
  return now;
}

const inWords = ({ activityType, attempt, lastFailure }: PendingActivity): string =>
  `${activityType?.name}, attempt ${attempt}${lastFailure ? `, after ${lastFailure.message}` : ''}`;

/** The same of one history, which must be whole. */
function pendingIn(events: readonly HistoryEvent[]): Pending {
  const timers = new Map<string, number>();
  const activities = new Set<string>();
  let hasTask = false;
  for (const event of events) {
    const started = event.timerStartedEventAttributes;
    if (started) timers.set(started.timerId!, msOf(event.eventTime) + msOf(started.startToFireTimeout));
    const timer = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
    if (timer) timers.delete(timer.timerId!);
    if (event.activityTaskScheduledEventAttributes) activities.add(String(event.eventId));
    const ended =
      event.activityTaskCompletedEventAttributes ??
      event.activityTaskFailedEventAttributes ??
      event.activityTaskTimedOutEventAttributes ??
      event.activityTaskCanceledEventAttributes;
    if (ended) activities.delete(String(ended.scheduledEventId));
    if (event.workflowTaskScheduledEventAttributes) hasTask = true;
    if (event.workflowTaskCompletedEventAttributes) hasTask = false;
  }
  return {
    busy: hasTask ? 'a workflow task' : activities.size > 0 ? 'an activity' : null,
    nextTimer: timers.size > 0 ? Math.min(...timers.values()) : null,
  };
}

/** A protobuf `Timestamp` or `Duration` in ms. */
const msOf = (time: temporal.api.history.v1.IHistoryEvent['eventTime']): number =>
  Number(time?.seconds ?? 0) * 1_000 + Math.floor((time?.nanos ?? 0) / 1_000_000);
