import { proxyActivities } from '@temporalio/workflow';
import type { ArchiveActivities } from '../activities/archive.ts';
import type { RecordActivities } from '../activities/record.ts';
import type { IncidentId } from '../incident/ids.ts';
import { ARCHIVE_TASK_QUEUE } from '../temporal/task-queues.ts';
import { movesOn } from './versioning.ts';

const { archiveRun } = proxyActivities<RecordActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

const { keepBundle } = proxyActivities<ArchiveActivities>({
  taskQueue: ARCHIVE_TASK_QUEUE, // its own queue: photos and documents take their time, and no record waits behind them
  startToCloseTimeout: '30m',
  retry: { initialInterval: '5s', maximumInterval: '10m' }, // for ever: it blocks nothing, and administrators see it
});

/**
 * Keeps the histories of a closed incident's last runs, which the server deletes when its retention is over, and then the bundle of
 * all that the incident left. A workflow of its own, because a run's history is whole only after the run has ended.
 */
export async function archive({
  incidentId,
  runIds,
}: {
  incidentId: IncidentId;
  runIds: string[];
}): Promise<void> {
  for (const runId of runIds) await archiveRun({ incidentId, runId });
  await keepBundle({ incidentId });
}

movesOn(archive);
