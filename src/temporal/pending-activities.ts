import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Instant } from '../incident/instant.ts';
import { instantOf } from './run-history.ts';

type PendingInfo = proto.temporal.api.workflow.v1.IPendingActivityInfo;
type Failure = proto.temporal.api.failure.v1.IFailure;
const { PENDING_ACTIVITY_STATE_STARTED: STARTED } = proto.temporal.api.enums.v1.PendingActivityState;

/** What a workflow waits for from a worker. Free of personal data. */
export interface PendingActivity {
  /** Temporal's id of it: a message's key for one that sends. */
  id: string;
  type: string;
  /** `running`: tried at this moment; `waiting`: for a worker, or for its next try. */
  state: 'running' | 'waiting';
  /** From 1. */
  attempt: number;
  scheduledAt: Instant | null;
  lastStartedAt: Instant | null;
  /** When it is tried again; null while it is being tried, or was not yet. */
  nextAttemptAt: Instant | null;
  /** What the last try failed of: a stable type and a code, nothing of what it said besides. */
  lastFailure: { type: string; code: string | null } | null;
  /** Process and machine of the last try. */
  worker: string | null;
}

export interface PendingActivities {
  runId: string;
  workflowType: string;
  activities: PendingActivity[];
}

/** The activities that the present run of a workflow waits for. Throws gRPC's errors, NOT_FOUND among them. */
export async function pendingActivities(client: Client, workflowId: string): Promise<PendingActivities> {
  const { workflowExecutionInfo: info, pendingActivities: pending } =
    await client.workflowService.describeWorkflowExecution({
      namespace: client.options.namespace,
      execution: { workflowId },
    });
  const converter = client.options.loadedDataConverter;
  return {
    runId: info?.execution?.runId ?? '',
    workflowType: info?.type?.name ?? '',
    activities: await Promise.all((pending ?? []).map((one) => activityOf(one, converter))),
  };
}

async function activityOf(pending: PendingInfo, converter: DataConverter): Promise<PendingActivity> {
  const at = (time: PendingInfo['scheduledTime']): Instant | null => (time ? instantOf(time) : null);
  const isRunning = pending.state === STARTED;
  return {
    id: pending.activityId ?? '',
    type: pending.activityType?.name ?? '',
    state: isRunning ? 'running' : 'waiting',
    attempt: pending.attempt ?? 1,
    scheduledAt: at(pending.scheduledTime),
    lastStartedAt: at(pending.lastStartedTime),
    nextAttemptAt: isRunning ? null : at(pending.nextAttemptScheduleTime),
    lastFailure: pending.lastFailure ? await failureOf(pending.lastFailure, converter) : null,
    worker: pending.lastWorkerIdentity || null,
  };
}

async function failureOf(failure: Failure, converter: DataConverter) {
  const type = failure.applicationFailureInfo?.type ?? (failure.timeoutFailureInfo ? 'Timeout' : 'Failure');
  return { type, code: codeIn(await messageOf(failure, converter).catch(() => '')) };
}

/** A failure's message stands encoded. What it says may quote what it failed on: only a code in it is shown. */
async function messageOf(failure: Failure, { payloadCodecs = [] }: DataConverter): Promise<string> {
  if (!failure.encodedAttributes) return failure.message ?? '';
  let payloads = [failure.encodedAttributes];
  for (const codec of [...payloadCodecs].reverse()) payloads = await codec.decode(payloads);
  const { message } = defaultPayloadConverter.fromPayload<{ message?: string }>(payloads[0]!);
  return message ?? '';
}

const codeIn = (message: string): string | null =>
  /\b[A-Z][A-Z]+_[A-Z0-9_]{2,40}\b/.exec(message)?.[0] ?? null;

/**
 * Lets an activity that waits for its next try be tried now; its tries are counted from 1 again. One that is being tried goes on
 * as it is. Whatever it did before keeps its key: nobody is told twice. Throws gRPC's errors, NOT_FOUND among them.
 */
export async function retryNow(client: Client, workflowId: string, activityId: string): Promise<void> {
  await client.workflowService.resetActivity({
    namespace: client.options.namespace,
    execution: { workflowId },
    identity: client.options.identity,
    id: activityId,
    keepPaused: true,
  });
}
