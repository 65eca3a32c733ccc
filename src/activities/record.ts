import { heartbeat, log } from '@temporalio/activity';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { EntryBatch } from '../incident/entry.ts';
import { incidentWorkflowId, type Anchor, type IncidentId } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { saveRunArchive } from '../store/archives.ts';
import type { Register } from '../store/open.ts';
import { packHistory, readRun } from '../temporal/run-history.ts';

export interface RecordDeps {
  register: Register;
  client: Client;
}

/** Less than the workflow's heartbeat time-out by a factor of five. */
const HEARTBEAT_MS = 1_000;

export type RecordActivities = ReturnType<typeof createRecord>;

/** Writing the register: nothing else writes an incident's tables. */
export const createRecord = ({ register, client }: RecordDeps) => ({
  /** Appends entries after `anchor`; what is there already is left as it is. Gives the incident's number and the chain's new head. */
  async record(batch: EntryBatch, anchor: Anchor): Promise<{ number: string | null; anchor: Anchor }> {
    const beat = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      return await append(register, batch, anchor);
    } finally {
      clearInterval(beat);
    }
  },

  /**
   * Keeps one ended run's history, still encrypted as the server had it. Throws while the run has not ended. A run that the
   * server has forgotten already cannot be kept any more: that is said in the log, and does not hold up the next.
   */
  async archiveRun({ incidentId, runId }: { incidentId: IncidentId; runId: string }): Promise<void> {
    const run = await readRun(client, incidentWorkflowId(incidentId), runId).catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    });
    if (!run)
      return log.error('a run was forgotten by the server before it was archived', { incidentId, runId });
    if (!run.endedAt) throw new Error('the run has not ended yet');
    const { workflowType, endedAt, history } = run;
    await saveRunArchive(register, {
      incidentId,
      runId,
      workflowType,
      endedAt,
      history: packHistory(history),
    });
  },
});
