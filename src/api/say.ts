import { setTimeout as sleep } from 'node:timers/promises';
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import pLimit, { type LimitFunction } from 'p-limit';
import { incidentWorkflowId, type IncidentId } from '../incident/ids.ts';
import { isRefusal } from '../incident/refusal.ts';
import { runStateOf } from '../reconcile/temporal-side.ts';
import { incidentById } from '../store/incidents.ts';
import { within } from '../within.ts';
import type { ApiDeps } from './deps.ts';
import {
  closedProblem,
  isUnreachable,
  refusalProblem,
  standsStill,
  unavailable,
  unknownIncident,
} from './incident-problems.ts';
import type { Problem } from './problem.ts';

/** How long a caller waits for the incident's answer. */
const PATIENCE_MS = 5_000;

/** What a caller may do who does not know whether an act was taken. */
const AGAIN = {
  harmless: 'It is not known whether this was taken. Try again: repeating it is harmless.',
  counts:
    'It is not known whether this was taken. Send it again with the same Idempotency-Key; without one look at the incident first: it would count twice.',
};

export interface SayOptions {
  /** Whether the incident itself knows the same act when it comes again. */
  again?: keyof typeof AGAIN;
  /** The same act under the same id is taken once, as long as the incident's run goes on. */
  updateId?: string | undefined;
}

/**
 * Says something to an incident and gives its answer. While the incident moves to another run it is said again; every
 * refusal is a {@link Problem} with the workflow's code. Throws 503 when nobody answers, 404 `UNKNOWN_INCIDENT`, and 409 where the register has
 * it and Temporal does not run it: `IncidentClosed`, or `WORKFLOW_MISSING`, `WORKFLOW_ENDED`.
 */
export async function say<Result, Argument>(
  deps: Pick<ApiDeps, 'client' | 'register'>,
  id: IncidentId,
  update: UpdateDefinition<Result, [Argument]>,
  argument: Argument,
  { again: sayingAgain = 'harmless', updateId }: SayOptions = {},
): Promise<Result> {
  const { client } = deps;
  const deadline = Date.now() + PATIENCE_MS;
  const handle = client.workflow.getHandle(incidentWorkflowId(id));
  for (;;) {
    try {
      return await inTurn(id, () =>
        client.withDeadline(deadline, () =>
          handle.executeUpdate(update, { args: [argument], ...(updateId ? { updateId } : {}) }),
        ),
      );
    } catch (error) {
      const again = isMoving(error) || wasDropped(error);
      if (error instanceof WorkflowNotFoundError) throw await notRunning(deps, id, AGAIN[sayingAgain]);
      if (!again || Date.now() > deadline) throw problemOf(error, AGAIN[sayingAgain]);
      await sleep(100);
    }
  }
}

/** A server takes ten updates of one workflow at a time and refuses the next: more than that wait here. */
const AT_A_TIME = 8;
const turns = new Map<IncidentId, LimitFunction>();

async function inTurn<T>(id: IncidentId, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(id) ?? pLimit(AT_A_TIME);
  turns.set(id, turn);
  try {
    return await turn(work);
  } finally {
    if (turn.activeCount + turn.pendingCount === 0) turns.delete(id);
  }
}

/** The incident's run ended under the update, or it said itself that it moves: the next run will answer. */
function isMoving(error: unknown): boolean {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : error;
  const type = cause instanceof ApplicationFailure ? cause.type : null;
  return type === 'Moving' || type === 'AcceptedUpdateCompletedWorkflow';
}

/** gRPC's FAILED_PRECONDITION. */
const FAILED_PRECONDITION = 9;

/**
 * The server has dropped the update, untaken, with a workflow task that was to end the run: something else came in at that
 * moment (UnhandledCommand), as it does while the messages of a new incident are under way.
 */
const wasDropped = (error: unknown): boolean =>
  error instanceof Error &&
  isGrpcServiceError(error.cause) &&
  Number(error.cause.code) === FAILED_PRECONDITION;

function problemOf(error: unknown, whatNow: string): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { type, details } = error.cause;
    if (isRefusal(type)) return refusalProblem(type, details?.[0]);
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isUnreachable(error)) {
    return unavailable(whatNow);
  }
  return error;
}

/** How long the register and Temporal may take to say why. */
const WHY_MS = 2_000;

/** Why an incident's workflow is not there to answer: no such incident, closed, or put back further than its record. */
async function notRunning(
  { client, register }: Pick<ApiDeps, 'client' | 'register'>,
  id: IncidentId,
  whatNow: string,
): Promise<Problem> {
  try {
    const state = await within(
      WHY_MS,
      client.withDeadline(Date.now() + WHY_MS, () => runStateOf(client, id)),
    );
    if (state === 'running') return unavailable(whatNow);
    const incident = await within(WHY_MS, incidentById(register, id));
    if (!incident) return unknownIncident(id);
    return incident.status === 'closed' ? closedProblem(incident) : standsStill(state, incident);
  } catch {
    return unavailable(whatNow);
  }
}
