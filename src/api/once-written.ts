import { setTimeout as sleep } from 'node:timers/promises';
import { incidentWorkflowId, type IncidentId } from '../incident/ids.ts';
import { incidentDetail, type IncidentDetail } from '../store/incidents.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { isUnreachable, unavailable, unknownIncident } from './incident-problems.ts';

/** How long a reader waits for an incident that is accepted but not yet written. */
const WRITING_PATIENCE_MS = 3_000;

/** An incident that Temporal has and the register not yet: written within moments, unless the register is down. */
export async function onceWritten({ register, client }: ApiDeps, id: IncidentId): Promise<IncidentDetail> {
  const deadline = Date.now() + WRITING_PATIENCE_MS;
  try {
    await client.withDeadline(deadline, () => client.workflow.getHandle(incidentWorkflowId(id)).describe());
  } catch (error) {
    throw isUnreachable(error)
      ? unavailable('It is not known here yet, and Temporal does not answer. Try again.')
      : unknownIncident();
  }
  while (Date.now() < deadline) {
    const detail = await incidentDetail(register, id);
    if (detail) return detail;
    await sleep(100);
  }
  throw new Problem({
    status: 503,
    code: 'NOT_WRITTEN_YET',
    title: '已受理，正在写入台账',
    detail: 'The incident is accepted and runs; its record is being written. Try again.',
    retryAfter: 1,
  });
}
