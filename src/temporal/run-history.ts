import { gunzipSync, gzipSync } from 'node:zlib';
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { historyFromJSON, historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import { toInstant, type Instant } from '../incident/instant.ts';

/** One run of a workflow as the server had it: payloads are still encrypted. */
export interface RunHistory {
  workflowType: string;
  /** Null while the run goes on. */
  endedAt: Instant | null;
  /** The run that this one continues; null for the first. */
  continues: string | null;
  history: History;
}

const ENDINGS = [
  'workflowExecutionCompletedEventAttributes',
  'workflowExecutionContinuedAsNewEventAttributes',
  'workflowExecutionFailedEventAttributes',
  'workflowExecutionTerminatedEventAttributes',
  'workflowExecutionTimedOutEventAttributes',
  'workflowExecutionCanceledEventAttributes',
] as const;

type Timestamp = { seconds?: unknown; nanos?: number | null } | null | undefined;

/** The instant of a protobuf timestamp. */
export const instantOf = (time: Timestamp): Instant =>
  toInstant(Number(time?.seconds ?? 0) * 1_000 + Math.floor((time?.nanos ?? 0) / 1e6));

function describeRun(history: History): RunHistory {
  const events = history.events ?? [];
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  const last = events.at(-1);
  const hasEnded = !!last && ENDINGS.some((ending) => last[ending]);
  return {
    workflowType: started?.workflowType?.name ?? '',
    endedAt: hasEnded ? instantOf(last.eventTime) : null,
    continues: started?.continuedExecutionRunId || null,
    history,
  };
}

/** Reads one run from the server. */
export const readRun = async (client: Client, workflowId: string, runId: string): Promise<RunHistory> =>
  describeRun(await client.workflow.getHandle(workflowId, runId).fetchHistory());

/** A history as the archive keeps it: Temporal's JSON form, gzipped, its payloads as encrypted as they were. */
export const packHistory = (history: History): Buffer => gzipSync(historyToJSON(history));

/** The inverse of {@link packHistory}. */
export const unpackHistory = (packed: Uint8Array): RunHistory =>
  describeRun(historyFromJSON(JSON.parse(gunzipSync(packed).toString('utf8'))));

/**
 * All runs of a workflow, first to last: from the server while it has them, from `archived` (run id → packed history) where
 * it has forgotten them. Empty when neither knows the workflow.
 */
export async function readRuns(
  client: Client,
  workflowId: string,
  archived: ReadonlyMap<string, Uint8Array>,
): Promise<(RunHistory & { runId: string; archived: boolean })[]> {
  const runs: (RunHistory & { runId: string; archived: boolean })[] = [];
  const take = async (runId: string): Promise<void> => {
    const kept = archived.get(runId);
    const run = kept
      ? unpackHistory(kept)
      : await readRun(client, workflowId, runId).catch(nullWhenForgotten);
    if (!run) return; // gone from the server before it was archived: what came after it is still shown
    runs.unshift({ ...run, runId, archived: !!kept });
    if (run.continues) await take(run.continues);
  };
  const latest = (await latestRunId(client, workflowId)) ?? [...archived.keys()].at(-1);
  if (latest) await take(latest);
  return runs;
}

const latestRunId = (client: Client, workflowId: string): Promise<string | null> =>
  client.workflow
    .getHandle(workflowId)
    .describe()
    .then(({ runId }) => runId)
    .catch(nullWhenForgotten);

function nullWhenForgotten(error: unknown): null {
  if (error instanceof WorkflowNotFoundError) return null;
  throw error;
}
