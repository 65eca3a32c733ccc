import { Connection } from '@temporalio/client';
import { incidentWorkflowId, type IncidentId } from '../../src/incident/ids.ts';
import type { System } from './system.ts';

/** What Temporal knows of the code that decided for one run of an incident. */
export interface RunByBuild {
  type: string;
  /** The builds of the workers that decided, in order; null for one without. */
  builds: (string | null)[];
  /** Why decisions failed, by Temporal's own name. */
  failures: string[];
}

/** Of temporal.api.enums.v1.WorkflowTaskFailedCause. */
const NON_DETERMINISTIC = 24;

/** The present run of an incident, by the builds of the workers that decided for it. */
export async function whoRan({ temporal }: Pick<System, 'temporal'>, id: IncidentId): Promise<RunByBuild> {
  const { address, namespace } = temporal();
  const connection = await Connection.connect({ address });
  try {
    const { history } = await connection.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution: { workflowId: incidentWorkflowId(id) },
    });
    const events = history!.events!;
    const decided = events.flatMap(({ workflowTaskCompletedEventAttributes: of }) =>
      of ? [of.deploymentVersion?.buildId || null] : [],
    );
    return {
      type: events[0]!.workflowExecutionStartedEventAttributes!.workflowType!.name!,
      builds: [...new Set(decided)],
      failures: events.flatMap(({ workflowTaskFailedEventAttributes: of }) =>
        of ? [of.cause === NON_DETERMINISTIC ? 'nondeterminism' : String(of.cause)] : [],
      ),
    };
  } finally {
    await connection.close();
  }
}
