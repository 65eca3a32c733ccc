import { Connection } from '@temporalio/client';
import { incidentWorkflowId, type IncidentId } from '../../src/incident/ids.ts';
import type { System } from './system.ts';

/** An incident's workflow as Temporal's own UI shows it: its present run. */
export interface ShownWorkflow {
  type: string;
  status: 'running' | 'ended';
  runId: string;
  /** The workflow that started it as its child, by id. */
  parent: string | null;
}

/** Temporal's own word about the workflows of a system, asked with a client of its own that has no key to read what they hold. */
export interface WorkflowsOf {
  shown(id: IncidentId): Promise<ShownWorkflow>;
  /** Ids of the running workflows of a type, as the UI lists them. The server's index is a moment behind. */
  running(type: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Of temporal.api.enums.v1.WorkflowExecutionStatus. */
const RUNNING = 1;

export async function workflowsOf({ temporal }: Pick<System, 'temporal'>): Promise<WorkflowsOf> {
  const { address, namespace } = temporal();
  const connection = await Connection.connect({ address });
  const { workflowService } = connection;
  return {
    async shown(id) {
      const { workflowExecutionInfo: info } = await workflowService.describeWorkflowExecution({
        namespace,
        execution: { workflowId: incidentWorkflowId(id) },
      });
      return {
        type: info!.type!.name!,
        status: info!.status === RUNNING ? 'running' : 'ended',
        runId: info!.execution!.runId!,
        parent: info!.parentExecution?.workflowId ?? null,
      };
    },
    async running(type) {
      const { executions } = await workflowService.listWorkflowExecutions({
        namespace,
        query: `WorkflowType = '${type}' AND ExecutionStatus = 'Running'`,
      });
      return executions.map(({ execution }) => execution!.workflowId!);
    },
    close: () => connection.close(),
  };
}
