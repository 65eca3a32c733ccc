import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { activityInfo } from '@temporalio/activity';
import { writeBeat } from '../store/watch-beats.ts';
import type { Register } from '../store/open.ts';

export interface WatchtowerDeps {
  register: Register;
  client: Client;
}

export type WatchtowerActivities = ReturnType<typeof createWatchtower>;

const NOT_FOUND = 5;

/** What shows that work is done: the same little act on each queue. */
export const createWatchtower = ({ register, client }: WatchtowerDeps) => ({
  /** Counts the queue it runs on one further. */
  beat: (): Promise<void> => writeBeat(register, activityInfo().taskQueue),

  /** Has the server delete an ended run of the watchtower, which nobody reads: a beat a minute is half a million a year. */
  async forgetRun({ runId }: { runId: string }): Promise<void> {
    const { workflowId } = activityInfo().workflowExecution!;
    await client.workflowService
      .deleteWorkflowExecution({
        namespace: client.options.namespace,
        workflowExecution: { workflowId, runId },
      })
      .catch((error: { code?: number }) => {
        if (error.code !== NOT_FOUND && !(error instanceof WorkflowNotFoundError)) throw error;
      });
  },
});
