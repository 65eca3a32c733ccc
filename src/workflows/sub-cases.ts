import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { condition, getExternalWorkflowHandle, ParentClosePolicy, startChild } from '@temporalio/workflow';
import { incidentWorkflowId } from '../incident/ids.ts';
import type { Incident } from './incident-context.ts';
import * as messages from './messages.ts';

/**
 * Starts the sub-cases that were decided on: incidents of their own, with a branch type and an id of their own. They outlive
 * this run, and say by signal how they ended: a later run of this incident could not see a child's result.
 */
export async function startSubCases(incident: Incident): Promise<void> {
  const { state } = incident;
  for (;;) {
    await condition(() => state.starting.length > 0 && incident.moving === null);
    const [{ plan, report }] = state.starting as [(typeof state.starting)[number]];
    await startChild(plan.branch.workflow, {
      workflowId: incidentWorkflowId(report.incidentId),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowTaskTimeout: '3s', // as every incident's, see the API's intake
      memo: { bodyHash: report.bodyHash },
      args: [{ plan, report }],
    }).catch((error: unknown) => {
      // The run before this one had it started and was ended before it knew.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    });
    state.starting = state.starting.filter((each) => each.report.incidentId !== report.incidentId);
  }
}

/** Tells the incident this one belongs to. One that has ended itself does not hold up the end of this one. */
export async function tellParent({ state }: Incident): Promise<void> {
  if (!state.parent || !state.closed) return;
  await getExternalWorkflowHandle(incidentWorkflowId(state.parent))
    .signal(messages.subCaseEnded, { subCase: state.incidentId, as: state.closed.as })
    .catch(() => undefined);
}
