import type { Client } from '@temporalio/client';

/** gRPC's NOT_FOUND. */
const NOT_FOUND = 5;

/** Has the server delete these ended runs of a workflow before its retention is over; what it has forgotten already is gone. Throws gRPC's errors. */
export async function forgetRuns(client: Client, workflowId: string, runIds: string[]): Promise<void> {
  const { namespace } = client.options;
  for (const runId of runIds) {
    await client.workflowService
      .deleteWorkflowExecution({ namespace, workflowExecution: { workflowId, runId } })
      .catch((error: { code?: number }) => {
        if (error.code !== NOT_FOUND) throw error;
      });
  }
}
