import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { incidentWorkflowId } from '../incident/ids.ts';
import type { IncidentInput, Report } from '../incident/state.ts';
import { TASK_QUEUE } from './task-queues.ts';

/**
 * Starts an incident's workflow, once for its id. Null when it is new; what the first start carried when it is not. Throws what
 * the client throws: gRPC errors where Temporal is away.
 */
export async function startIncident(
  client: Client,
  workflow: string,
  input: IncidentInput & { report: Report },
  deadline: number,
): Promise<{ bodyHash: string } | null> {
  const { incidentId, bodyHash } = input.report;
  const workflowId = incidentWorkflowId(incidentId);
  try {
    await client.withDeadline(deadline, () =>
      client.workflow.start(workflow, {
        workflowId,
        taskQueue: TASK_QUEUE,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        // A task whose answer a dying server never got out is given out again after this; the default is ten seconds.
        // Every later run inherits it. A worker that needs longer gets longer from the third try on.
        workflowTaskTimeout: '3s',
        memo: { bodyHash },
      }),
    );
    return null;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { bodyHash: await memoHash(client, workflowId, deadline) };
  }
}

async function memoHash(client: Client, workflowId: string, deadline: number): Promise<string> {
  const { memo } = await client.withDeadline(deadline, () =>
    client.workflow.getHandle(workflowId).describe(),
  );
  return String(memo?.bodyHash);
}
