import { courseOf, type Course } from './course.ts';
import { firstResponse } from './first-response.ts';
import { findStage, note, openStage, type Incident } from './incident-context.ts';
import { deliver } from './tell.ts';

/** How a kind of emergency unfolds, top to bottom. It never ends by itself: two people close an incident. */
export type Procedure = (course: Course) => Promise<never>;

/**
 * Enters the branch and begins all that an incident goes through side by side: its branch's procedure and, but for the
 * aftermath, the first response. What is due to be told is told by the watch. Nothing here is Temporal's: a workflow and a
 * simulation both begin so.
 */
export function begin(incident: Incident, procedure: Procedure, runId: string): Promise<unknown>[] {
  enterBranch(incident, runId);
  // Alarms first: what an earlier run could not send, then what this branch opens, then the record of it.
  for (const notice of Object.values(incident.state.sending)) deliver(incident, notice);
  const course = courseOf(incident);
  return [
    procedure(course),
    ...(incident.plan.branch.workflow === 'aftermath' ? [] : [firstResponse(course)]),
  ];
}

function enterBranch(incident: Incident, runId: string): void {
  const { plan, state } = incident;
  if (!state.entering) return;
  const { by, chosen, reason } = state.entering;
  state.entering = null;
  note(incident, {
    kind: 'branchEntered',
    data: {
      entry: state.entry,
      branch: plan.branch.key,
      branchName: plan.branch.name,
      clause: plan.branch.clause,
      runId,
      by,
      chosen,
    },
    ...(reason ? { personal: { reason } } : {}),
  });
  // In every case (四): what was under control in the branch before may not be so in this one.
  const first = findStage(incident, 'initialResponse');
  if (plan.branch.workflow !== 'aftermath' && first?.ended?.outcome === 'controlled')
    openStage(incident, 'initialResponse');
}
