import { Connection } from '@temporalio/client';
import { incidentWorkflowId, type IncidentId } from '../../src/incident/ids.ts';
import type { Production } from './production.ts';
import { until } from './until.ts';

/** The worker that has something of this incident under way now, and the other one. */
export async function whoWorksOn(
  { temporal, service }: Production,
  id: IncidentId,
): Promise<['worker-1' | 'worker-2', 'worker-1' | 'worker-2']> {
  const { address, namespace } = temporal();
  const connection = await Connection.connect({ address });
  try {
    const execution = { workflowId: incidentWorkflowId(id) };
    const pid = await until('a worker has something under way', async () => {
      const { pendingActivities } = await connection.workflowService.describeWorkflowExecution({
        namespace,
        execution,
      });
      const held = pendingActivities?.find(({ activityType }) => activityType?.name === 'send');
      return Number(held?.lastWorkerIdentity?.split('@')[0]) || null; // the SDK's own name for a worker: pid@machine
    });
    return service('worker-1').pid() === pid ? ['worker-1', 'worker-2'] : ['worker-2', 'worker-1'];
  } finally {
    await connection.close();
  }
}
