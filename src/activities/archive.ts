import { ApplicationFailure, log } from '@temporalio/activity';
import { makeAndKeep } from '../archive/make.ts';
import type { BundleDeps } from '../archive/gather.ts';
import type { IncidentId } from '../incident/ids.ts';

export type ArchiveActivities = ReturnType<typeof createArchive>;

/** What is made of an incident once it is closed. */
export const createArchive = (deps: BundleDeps) => ({
  /** Makes and keeps the incident's bundle; one that is kept already stands. Throws what keeps it from being made, by its code alone. */
  async keepBundle({ incidentId }: { incidentId: IncidentId }): Promise<void> {
    try {
      await makeAndKeep(deps, incidentId);
    } catch (error) {
      const { code, name } = error as Error & { code?: string };
      log.warn('a bundle could not be made; it is tried again', { incidentId, code: code ?? name });
      // What a driver or a document's text says is nothing for Temporal.
      throw ApplicationFailure.retryable(`the bundle could not be made: ${code ?? name}`, code ?? name);
    }
  },
});
