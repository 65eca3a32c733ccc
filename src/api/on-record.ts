import type { FastifyRequest } from 'fastify';
import type { Change } from '../store/change-entry.ts';
import { recordChange } from '../store/changes.ts';
import type { Register } from '../store/open.ts';
import { actThenRecord, recordWaiting, type WaitingChange } from '../store/waiting-changes.ts';

type What<C> = Omit<C, 'by' | 'via'>;

/** Who asks, as the change record names them: the person, else the key or account. */
export const whoActs = ({ actor, apiKeyId }: FastifyRequest): Pick<Change, 'by' | 'via'> => ({
  by: (actor?.kind === 'account' ? actor.account.person : null) ?? apiKeyId,
  via: apiKeyId,
});

/** A change as this request makes it. */
export const changeBy = <C extends What<Change>>(request: FastifyRequest, change: C) => ({
  ...whoActs(request),
  ...change,
});

/**
 * Puts on the change record what a request changes. Rights are recorded before they are given: one that could not be recorded
 * is not given.
 */
export async function onRecord(
  register: Register,
  request: FastifyRequest,
  change: What<Change>,
): Promise<void> {
  await recordWaiting(register); // in their order
  await recordChange(register, changeBy(request, change));
}

/**
 * Rights are taken away first: a record that is broken or cannot be reached must not keep anybody in. Gives what was done and
 * whether it is `recorded`; what is not goes on record as soon as it can, and is said in the log. Null where there was nothing.
 */
export async function takenAway<T>(
  register: Register,
  request: FastifyRequest,
  act: (within: Register) => Promise<T | null>,
  changeOf: (done: T) => What<WaitingChange>,
): Promise<{ done: T; recorded: boolean } | null> {
  const taken = await actThenRecord(register, act, (done) => changeBy(request, changeOf(done)));
  if (taken?.unrecorded) {
    const { code, name } = taken.unrecorded as Error & { code?: string };
    request.log.error(
      { code: code ?? name },
      'rights were taken away and are not on the change record yet: run "fenghuo changes verify"',
    );
  }
  return taken && { done: taken.done, recorded: taken.unrecorded === null };
}
