import { proxyActivities } from '@temporalio/workflow';
import type { RecordActivities } from '../activities/record.ts';
import type { IncidentId } from '../incident/ids.ts';

const { archiveRun } = proxyActivities<RecordActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/**
 * Keeps the histories of a closed incident's last runs: the server deletes them when its retention is over. A workflow of
 * its own, because a run's history is whole only after the run has ended.
 */
export async function archive({
  incidentId,
  runIds,
}: {
  incidentId: IncidentId;
  runIds: string[];
}): Promise<void> {
  for (const runId of runIds) await archiveRun({ incidentId, runId });
}
