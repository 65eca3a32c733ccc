import type { FastifyRequest } from 'fastify';
import type { Change } from '../store/change-entry.ts';
import { recordChange } from '../store/changes.ts';
import type { Register } from '../store/open.ts';

/**
 * Puts on the change record what a request changes. Rights are recorded before they are changed: one that could not be recorded
 * is not given.
 */
export async function onRecord(
  register: Register,
  request: FastifyRequest,
  change: Omit<Change, 'by' | 'via'>,
): Promise<void> {
  await recordChange(register, { ...whoActs(request), ...change });
}

/** Who asks, as the change record names them: the person, else the key or account. */
export const whoActs = ({ actor, apiKeyId }: FastifyRequest): Pick<Change, 'by' | 'via'> => ({
  by: (actor?.kind === 'account' ? actor.account.person : null) ?? apiKeyId,
  via: apiKeyId,
});
