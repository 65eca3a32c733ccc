import { asc, eq } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { runArchive } from './tables.ts';

/** One ended run of an incident's workflow. `history` must hold its payloads as encrypted as Temporal had them. */
export interface RunArchive {
  incidentId: IncidentId;
  runId: string;
  workflowType: string;
  endedAt: Instant;
  history: Uint8Array;
}

/** Keeps a run's history for when Temporal has deleted it. The same run again replaces what was kept. */
export function saveRunArchive({ db }: Register, run: RunArchive): Promise<void> {
  const { workflowType, endedAt } = run;
  const history = Buffer.from(run.history);
  return guarded(async () => {
    await db
      .insert(runArchive)
      .values({ ...run, history })
      .onConflictDoUpdate({
        target: [runArchive.incidentId, runArchive.runId],
        set: { workflowType, endedAt, history },
      });
  });
}

/** An incident's archived runs, in the order they ended. */
export const runArchives = ({ db }: Register, incidentId: IncidentId): Promise<RunArchive[]> =>
  guarded(async () =>
    db
      .select()
      .from(runArchive)
      .where(eq(runArchive.incidentId, incidentId))
      .orderBy(asc(runArchive.endedAt)),
  );
