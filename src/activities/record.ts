import { heartbeat, log } from '@temporalio/activity';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { EntryBatch } from '../incident/entry.ts';
import { incidentWorkflowId, type Anchor, type IncidentId } from '../incident/ids.ts';
import { append } from '../store/append.ts';
import { ChainForked } from '../store/errors.ts';
import { doneErasures } from '../store/erasures.ts';
import { saveRunArchive } from '../store/archives.ts';
import type { Register } from '../store/open.ts';
import { packHistory, readRun } from '../temporal/run-history.ts';

export interface RecordDeps {
  register: Register;
  client: Client;
}

/** Less than the workflow's heartbeat time-out by a factor of five. */
const HEARTBEAT_MS = 1_000;

export interface Recorded {
  number: string | null;
  anchor: Anchor;
  ahead?: Anchor;
}

export type RecordActivities = ReturnType<typeof createRecord>;

/** Writing the register: nothing else writes an incident's tables. */
export const createRecord = ({ register, client }: RecordDeps) => ({
  /**
   * Appends entries after `anchor`; what is there already is left as it is. Gives the incident's number and the chain's new head. Where the
   * register goes on otherwise nothing is written: `anchor` is then the last entry that both have, `ahead` where the register ends.
   */
  async record(batch: EntryBatch, anchor: Anchor): Promise<Recorded> {
    const beat = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      return await append(register, batch, anchor);
    } catch (error) {
      if (!(error instanceof ChainForked)) throw error;
      const { common, head, number } = error;
      log.error('the workflow was put back behind the register: it goes on after its end', {
        incidentId: batch.incidentId,
        common: common.seq,
        head: head.seq,
      });
      return { number, anchor: common, ahead: head };
    } finally {
      clearInterval(beat);
    }
  },

  /**
   * Keeps one ended run's history, still encrypted as the server had it. Throws while the run has not ended. A run that the
   * server has forgotten already cannot be kept any more: that is said in the log, and does not hold up the next.
   */
  async archiveRun({ incidentId, runId }: { incidentId: IncidentId; runId: string }): Promise<void> {
    // What was lawfully erased does not come back from the server: asked again as it is kept.
    if ((await doneErasures(register, incidentId)).length > 0) return;
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
