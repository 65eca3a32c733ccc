import { and, asc, eq } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { doneErasures } from './erasures.ts';
import { guarded } from './errors.ts';
import { lockIncident } from './lock-incident.ts';
import type { Register } from './open.ts';
import { incidentBranch, runArchive } from './tables.ts';

/** One ended run of an incident's workflow. `history` must hold its payloads as encrypted as Temporal had them. */
export interface RunArchive {
  incidentId: IncidentId;
  runId: string;
  workflowType: string;
  endedAt: Instant;
  history: Uint8Array;
}

/**
 * Keeps a run's history for when Temporal has deleted it. The same run again replaces what was kept. Nothing is kept of an
 * incident of which something was lawfully erased: one of the two waits for the other at the incident's row.
 */
export function saveRunArchive({ db }: Register, run: RunArchive): Promise<void> {
  const { incidentId, workflowType, endedAt } = run;
  const history = Buffer.from(run.history);
  return guarded(() =>
    db.transaction(async (tx) => {
      await lockIncident(tx, incidentId);
      if ((await doneErasures({ db: tx }, incidentId)).length > 0) return;
      await tx
        .insert(runArchive)
        .values({ ...run, history })
        .onConflictDoUpdate({
          target: [runArchive.incidentId, runArchive.runId],
          set: { workflowType, endedAt, history },
        });
    }),
  );
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

/** The same without the histories. */
export const runArchiveHeads = (
  { db }: Register,
  incidentId: IncidentId,
): Promise<Omit<RunArchive, 'history'>[]> =>
  guarded(async () => {
    const { runId, workflowType, endedAt } = runArchive;
    return db
      .select({ incidentId: runArchive.incidentId, runId, workflowType, endedAt })
      .from(runArchive)
      .where(eq(runArchive.incidentId, incidentId))
      .orderBy(asc(endedAt));
  });

/** One run's history as it was kept; null when it was not, or was erased. */
export const oneRunArchive = (
  { db }: Register,
  incidentId: IncidentId,
  runId: string,
): Promise<Buffer | null> =>
  guarded(async () => {
    const [row] = await db
      .select({ history: runArchive.history })
      .from(runArchive)
      .where(and(eq(runArchive.incidentId, incidentId), eq(runArchive.runId, runId)));
    return row?.history ?? null;
  });

/** The runs in which an incident entered its branches. */
export const branchRuns = ({ db }: Register, incidentId: IncidentId): Promise<string[]> =>
  guarded(async () => {
    const rows = await db
      .selectDistinct({ runId: incidentBranch.runId })
      .from(incidentBranch)
      .where(eq(incidentBranch.incidentId, incidentId));
    return rows.map(({ runId }) => runId);
  });
