import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { incidentWorkflowId, type IncidentId } from '../incident/ids.ts';
import { branchRuns, runArchiveHeads } from '../store/archives.ts';
import { doneErasures } from '../store/erasures.ts';
import type { IncidentRow } from '../store/incidents.ts';
import type { Register } from '../store/open.ts';

/** The runs that entered a branch of an incident and are not archived; none where they were lawfully erased. */
export async function runsToCome(register: Register, id: IncidentId): Promise<string[]> {
  if ((await doneErasures(register, id)).length > 0) return [];
  const archived = new Set((await runArchiveHeads(register, id)).map(({ runId }) => runId));
  return (await branchRuns(register, id)).filter((runId) => !archived.has(runId));
}

/** Whether nothing more is to come of an incident: closed, and each run that entered a branch archived or lawfully erased. */
export const isWhole = async (register: Register, { id, status }: IncidentRow): Promise<boolean> =>
  status === 'closed' && (await runsToCome(register, id)).length === 0;

/** Of these runs, those that the server still has: one that it has forgotten is archived by nobody. Throws gRPC's errors. */
export async function stillHeld(client: Client, id: IncidentId, runIds: string[]): Promise<string[]> {
  const held: string[] = [];
  for (const runId of runIds) {
    const handle = client.workflow.getHandle(incidentWorkflowId(id), runId);
    const isHeld = await handle.describe().then(
      () => true,
      (error: unknown) => {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      },
    );
    if (isHeld) held.push(runId);
  }
  return held;
}
