import type { IncidentId } from '../incident/ids.ts';
import { runStateOf } from '../reconcile/temporal-side.ts';
import { intakeOf, type Intake } from '../store/incidents.ts';
import { TookTooLong, within } from '../within.ts';
import type { ApiDeps } from './deps.ts';
import type { Problem } from './problem.ts';
import { isUnreachable, standsStill, unavailable } from './incident-problems.ts';

/**
 * Sees that an incident which the register has as open runs in Temporal, before a report of it that comes again is called accepted: where
 * Temporal was put back further than the register, it does not, and nobody would be told. It cannot be started again under its id, since its
 * record begins with entries that a new workflow does not know. Throws 409 `WORKFLOW_MISSING` or `WORKFLOW_ENDED`, which
 * `fenghuo reconcile` says, too, and 503 where Temporal does not answer until `deadline` (milliseconds, as `Date.now()`).
 */
export async function mustStillRun(
  { client, register }: Pick<ApiDeps, 'client' | 'register'>,
  { id, number, status }: Pick<Intake, 'number' | 'status'> & { id: IncidentId },
  deadline: number,
): Promise<void> {
  if (status !== 'open') return; // Temporal forgets what is long closed
  const asked = client.withDeadline(deadline, () => runStateOf(client, id));
  const state = await within(deadline - Date.now(), asked).catch((error: unknown) => {
    throw error instanceof TookTooLong || isUnreachable(error) ? unconfirmed() : error;
  });
  if (state === 'running') return;
  // Between the two looks it may have been closed: its workflow ends after its last entry is written.
  if ((await intakeOf(register, id))?.status !== 'open') return;
  throw standsStill(state, { id, number });
}

/** Nobody can say now whether it is being acted on. */
export const unconfirmed = (): Problem =>
  unavailable(
    'Not confirmed as accepted. Phone the report in now, and send it again with the same Idempotency-Key: it will not count twice.',
  );
