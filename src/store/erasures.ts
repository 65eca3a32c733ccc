import { createHash, randomUUID } from 'node:crypto';
import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { dropBundle } from './bundles.ts';
import type { Change } from './change-entry.ts';
import { appendChanges } from './changes.ts';
import { guarded } from './errors.ts';
import { lockIncident } from './lock-incident.ts';
import type { Db, Register } from './open.ts';
import { rowsOf } from './open.ts';
import { erasePersonal } from './personal.ts';
import { seal, unseal } from './seal.ts';
import { erasure, type ErasedRun, type ErasureBasis } from './tables-archive.ts';
import { attachment } from './tables-attachments.ts';
import { documentScan } from './tables-documents.ts';
import { identityRead, runArchive, sealed } from './tables.ts';

export type { ErasedRun, ErasureBasis } from './tables-archive.ts';
export type ErasureRow = Omit<typeof erasure.$inferSelect, 'reason' | 'keyId'> & { reason: string };

export interface NewErasure {
  incidentId: IncidentId;
  basis: ErasureBasis;
  legalBasis: string | null;
  by: string;
  via: string;
  at: Instant;
  reason: string;
}

/** What an erasure takes away: how many of each. */
export interface Erasable {
  /** Personal values of the timeline, and what documents say. */
  values: number;
  /** Attachments and scans. */
  files: number;
  /** Archived histories of Temporal. */
  runs: number;
  /** Reasons that readers of identities gave, which may name somebody. */
  reasons: number;
  bundle: boolean;
}

const placeOf = (incidentId: string, id: string) => ({ incidentId, name: 'erasure.reason', sealedId: id });

/** What would be erased of an incident now. */
export const erasableOf = ({ db }: Register, id: IncidentId): Promise<Erasable> =>
  guarded(async () => {
    const [row] = await rowsOf<Erasable>(
      db,
      sql`select
        (select count(*)::int from ${sealed} where incident_id = ${id}::uuid and ciphertext is not null) as values,
        ((select count(*)::int from ${attachment} where incident_id = ${id}::uuid and file is not null)
          + (select count(*)::int from ${documentScan} where incident_id = ${id}::uuid and file is not null)) as files,
        (select count(*)::int from ${runArchive} where incident_id = ${id}::uuid) as runs,
        (select count(*)::int from ${identityRead} where incident_id = ${id}::uuid and reason is not null) as reasons,
        exists (select 1 from bundle where incident_id = ${id}::uuid and bundle_id is not null) as bundle`,
    );
    return row!;
  });

/** Keeps a proposal, with it on the change record; null when one of this incident waits for its decision already. */
export const proposeErasure = (
  { db, keyring }: Register,
  { by, via, at, reason, ...given }: NewErasure,
  change: Change,
): Promise<string | null> =>
  guarded(() =>
    db.transaction(async (tx) => {
      const id = randomUUID();
      const [row] = await tx
        .insert(erasure)
        .values({
          ...given,
          id,
          proposedBy: by,
          proposedVia: via,
          proposedAt: at,
          keyId: keyring.currentId,
          reason: seal(keyring, placeOf(given.incidentId, id), Buffer.from(reason)),
        })
        .onConflictDoNothing()
        .returning({ id: erasure.id });
      if (!row) return null;
      await appendChanges(tx, keyring, [change]);
      return row.id;
    }),
  );

/** An incident's proposals and what became of them, first to last. */
export const erasuresOf = ({ db, keyring }: Register, incidentId?: IncidentId): Promise<ErasureRow[]> =>
  guarded(async () => {
    const rows = await db
      .select()
      .from(erasure)
      .where(incidentId && eq(erasure.incidentId, incidentId))
      .orderBy(asc(erasure.proposedAt), asc(erasure.id));
    return rows.map(({ reason, keyId, ...row }) => ({
      ...row,
      reason: unseal(keyring, keyId, placeOf(row.incidentId, row.id), reason).toString(),
    }));
  });

/** The same without reasons, and only of what was erased. Of all incidents where none is named. */
export const doneErasures = ({ db }: { db: Db }, incidentId?: IncidentId) =>
  guarded(async () => {
    const { reason: _, keyId: __, ...columns } = erasureColumns;
    return db
      .select(columns)
      .from(erasure)
      .where(and(isNotNull(erasure.values), incidentId && eq(erasure.incidentId, incidentId)))
      .orderBy(asc(erasure.decidedAt), asc(erasure.id));
  });
export type DoneErasure = Awaited<ReturnType<typeof doneErasures>>[number];

const erasureColumns = {
  id: erasure.id,
  incidentId: erasure.incidentId,
  basis: erasure.basis,
  legalBasis: erasure.legalBasis,
  proposedBy: erasure.proposedBy,
  proposedAt: erasure.proposedAt,
  reason: erasure.reason,
  keyId: erasure.keyId,
  decidedBy: erasure.decidedBy,
  decidedAt: erasure.decidedAt,
  values: erasure.values,
  files: erasure.files,
  runs: erasure.runs,
  change: erasure.change,
};

export interface ErasureDecision {
  id: string;
  incidentId: IncidentId;
  approve: boolean;
  by: string;
  at: Instant;
}

/**
 * Decides on a proposal that waits, and erases what was approved: personal values, files, the archived histories, of which the
 * hash is kept, the reasons that readers gave, and the bundle. All of it with its entry of the change record, or nothing. Gives
 * what was erased; null when the proposal is decided already.
 */
export const decideErasure = (
  { db, keyring }: Register,
  { id, incidentId, approve, by, at }: ErasureDecision,
  changeOf: (erased: { values: number; files: number; runs: ErasedRun[] } | null) => Change,
): Promise<{ erased: { values: number; files: number; runs: ErasedRun[] } | null } | null> =>
  guarded(() =>
    db.transaction(async (tx) => {
      await lockIncident(tx, incidentId);
      const [row] = await tx
        .update(erasure)
        .set({ decision: approve ? 'approved' : 'refused', decidedBy: by, decidedAt: at })
        .where(and(eq(erasure.id, id), eq(erasure.incidentId, incidentId), isNull(erasure.decision)))
        .returning({ id: erasure.id });
      if (!row) return null;
      const erased = approve ? await erase({ db: tx, keyring }, incidentId) : null;
      const { seq } = await appendChanges(tx, keyring, [changeOf(erased)]);
      await tx
        .update(erasure)
        .set({ ...erased, change: seq })
        .where(eq(erasure.id, id));
      return { erased };
    }),
  );

async function erase(register: Pick<Register, 'db' | 'keyring'>, incidentId: IncidentId) {
  const { db } = register;
  const values = await db.$count(sealed, and(eq(sealed.incidentId, incidentId), isNull(sealed.erasedAt)));
  const all = await erasePersonal(register as Register, incidentId);
  const runs = await erasedRuns(db, incidentId);
  await db.delete(runArchive).where(eq(runArchive.incidentId, incidentId));
  await db
    .update(identityRead)
    .set({ reason: null, keyId: null })
    .where(eq(identityRead.incidentId, incidentId));
  await dropBundle(db, incidentId);
  return { values, files: all - values, runs };
}

async function erasedRuns(db: Db, incidentId: IncidentId): Promise<ErasedRun[]> {
  const rows = await db
    .select()
    .from(runArchive)
    .where(eq(runArchive.incidentId, incidentId))
    .orderBy(asc(runArchive.endedAt), desc(runArchive.runId));
  return rows.map(({ runId, workflowType, endedAt, history }) => ({
    runId,
    workflowType,
    endedAt,
    sha256: createHash('sha256').update(history).digest('hex'),
  }));
}
