import {
  allHandlersFinished,
  CancellationScope,
  condition,
  makeContinueAsNewFunc,
  ParentClosePolicy,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { ClosedAs } from '../incident/entry.ts';
import type { IncidentInput } from '../incident/state.ts';
import type { Anchor } from '../incident/ids.ts';
import { RECORD_TASK_QUEUE } from '../temporal/task-queues.ts';
import type { archive } from './archive.ts';
import { answerMessages } from './handlers.ts';
import { takeUp, type Incident } from './incident-context.ts';
import { begin, type Procedure } from './procedure.ts';
import { archiveEarlierRuns, writeRegister } from './register-writer.ts';
import { startSubCases, tellParent } from './sub-cases.ts';
import { temporalWorld } from './temporal-world.ts';
import { onCurrentVersion } from './versioning.ts';
import { watch } from './watch.ts';

/** How an incident ended, and the head of its timeline as the register's last write returned it. */
export interface IncidentResult {
  closedAs: ClosedAs;
  anchor: Anchor;
}

/**
 * A branch of the plan as a workflow: the procedure, with all that every incident has in common around it. The workflow
 * ends when two people have closed the incident; a switch of branch continues it as new, under the same id, in the other's type.
 */
export const branch = (procedure: Procedure): BranchWorkflow =>
  // An incident does not end because somebody cancels a workflow: closing takes two people.
  Object.assign(
    (input: IncidentInput) =>
      CancellationScope.nonCancellable(() => run(takeUp(input, temporalWorld), procedure)),
    { procedure },
  );

/** The workflow of a branch, with its procedure to be run elsewhere: in a simulation, and to foretell what an act would cause. */
export interface BranchWorkflow {
  (input: IncidentInput): Promise<IncidentResult>;
  procedure: Procedure;
}

async function run(incident: Incident, procedure: Procedure): Promise<IncidentResult> {
  const { state } = incident;
  const work = [
    ...begin(incident, procedure, workflowInfo().runId),
    startSubCases(incident),
    watch(incident),
    writeRegister(incident),
    archiveEarlierRuns(incident),
  ];
  // Last: what was said before this run's first task is answered here and now, and must find the branch entered.
  answerMessages(incident);
  const isOver = (): boolean => state.closed !== null || incident.moving !== null || isLong();
  await Promise.race([condition(isOver), ...work.map(neverEnding)]);
  return state.closed ? finish(incident) : moveOn(incident);
}

/** A run this long is replayed in well under a second; close monitoring goes on for months, as run after run. */
const LONG_HISTORY = 2_000;
const isLong = (): boolean =>
  workflowInfo().continueAsNewSuggested || workflowInfo().historyLength >= LONG_HISTORY;

/** The incident's own tasks go on for as long as it is open; only a failure of one may end the wait. */
const neverEnding = async (task: Promise<unknown>): Promise<never> => {
  await task;
  return new Promise<never>(() => undefined);
};

/** Goes on as a new run: in another branch, or, when the history has grown long, in the same one. */
async function moveOn(incident: Incident): Promise<never> {
  const { state } = incident;
  const plan = (incident.moving ??= incident.plan);
  await condition(allHandlersFinished);
  const { runId } = workflowInfo();
  const next = makeContinueAsNewFunc<(input: IncidentInput) => Promise<IncidentResult>>({
    workflowType: plan.branch.workflow,
    ...onCurrentVersion(),
  });
  return next({ plan, state: { ...state, toArchive: [...state.toArchive, runId] } });
}

/** Writes the last entries, hands the runs' histories to the archive, and ends. */
async function finish(incident: Incident): Promise<IncidentResult> {
  const { state } = incident;
  for (const sending of incident.sends.values()) sending.cancel();
  await condition(() => incident.sends.size === 0 && state.outbox.length === 0 && allHandlersFinished());
  await tellParent(incident);
  const { runId } = workflowInfo();
  await startChild<typeof archive>('archive', {
    workflowId: `archive-${state.incidentId}`,
    taskQueue: RECORD_TASK_QUEUE,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    args: [{ incidentId: state.incidentId, runIds: [...state.toArchive, runId] }],
  });
  return { closedAs: state.closed!.as, anchor: state.anchor };
}
