import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { incidentWorkflowId, type IncidentId } from '../incident/ids.ts';
import { position } from '../workflows/messages.ts';
import type { InTemporal } from './differences.ts';

/** As long as a server may look for a worker that was killed; a workflow that has none is not waited for. */
const PATIENCE_MS = 12_000;
/** A report's first entries are on their way to the register. */
const NEW_FOR_MS = 30_000;
const PREFIX = incidentWorkflowId('' as IncidentId);

/** Incidents whose workflows run, as far as Temporal's search knows. Throws gRPC's errors. */
export async function runningIncidents(client: Client): Promise<Set<IncidentId>> {
  const running = new Set<IncidentId>();
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' }))
    if (workflowId.startsWith(PREFIX)) running.add(workflowId.slice(PREFIX.length) as IncidentId);
  return running;
}

/** Whether an incident's workflow runs, as Temporal itself knows: no worker is asked. Throws gRPC's errors. */
export async function runStateOf(
  client: Client,
  id: IncidentId,
): Promise<Exclude<InTemporal['state'], 'unknown'>> {
  try {
    const { status } = await client.workflow.getHandle(incidentWorkflowId(id)).describe();
    return status.name === 'RUNNING' ? 'running' : 'ended';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'missing';
    throw error;
  }
}

/** An incident's workflow: whether there is one, and what it says of itself. `unknown` where nobody answers. */
export async function temporalSide(client: Client, id: IncidentId): Promise<InTemporal> {
  const handle = client.workflow.getHandle(incidentWorkflowId(id));
  const asked = <T>(work: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + PATIENCE_MS, work);
  try {
    const { status, startTime } = await asked(() => handle.describe());
    if (status.name !== 'RUNNING') return { state: 'ended' };
    const isNew = Date.now() - startTime.getTime() < NEW_FOR_MS;
    return { state: 'running', isNew, position: await asked(() => handle.query(position)) };
  } catch (error) {
    return { state: error instanceof WorkflowNotFoundError ? 'missing' : 'unknown' };
  }
}
