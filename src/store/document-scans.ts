import { createHash, randomUUID } from 'node:crypto';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { seal, unseal } from './seal.ts';
import { document, documentScan } from './tables-documents.ts';

export type ScanRow = Omit<typeof documentScan.$inferSelect, 'file' | 'keyId'>;

export interface NewScan {
  incidentId: IncidentId;
  documentId: string;
  type: string;
  by: string;
  file: Buffer;
}

const COLUMNS = {
  id: documentScan.id,
  incidentId: documentScan.incidentId,
  documentId: documentScan.documentId,
  sha256: documentScan.sha256,
  size: documentScan.size,
  type: documentScan.type,
  by: documentScan.by,
  at: documentScan.at,
  notedAt: documentScan.notedAt,
};

const placeOf = (incidentId: string, id: string) => ({ incidentId, name: 'document.scan', sealedId: id });

/**
 * Keeps a scan, sealed, with its SHA-256. The same file again stands as it was first attached. Null when the document has `most`
 * others: its row is held meanwhile, so that two at once do not both pass.
 */
export function addScan(
  { db, keyring }: Register,
  { file, ...scan }: NewScan,
  most: number,
): Promise<ScanRow | null> {
  const sha256 = createHash('sha256').update(file).digest('hex');
  const id = randomUUID();
  const box = seal(keyring, placeOf(scan.incidentId, id), file);
  const ofDocument = eq(documentScan.documentId, scan.documentId);
  return guarded(() =>
    db.transaction(async (tx) => {
      await tx
        .select({ id: document.id })
        .from(document)
        .where(eq(document.id, scan.documentId))
        .for('update');
      const there = await tx.select(COLUMNS).from(documentScan).where(ofDocument);
      const same = there.find((each) => each.sha256 === sha256);
      if (same || there.length >= most) return same ?? null;
      const values = { ...scan, id, sha256, size: file.length, file: box, keyId: keyring.currentId };
      return (await tx.insert(documentScan).values(values).returning(COLUMNS))[0]!;
    }),
  );
}

/** The scans of an incident's documents without their files, first to last. */
export const scansOf = ({ db }: Register, incidentId: IncidentId): Promise<ScanRow[]> =>
  guarded(async () =>
    db
      .select(COLUMNS)
      .from(documentScan)
      .where(eq(documentScan.incidentId, incidentId))
      .orderBy(asc(documentScan.at), asc(documentScan.id)),
  );

/** One scan's file; null when there is none or it was erased. Throws `SEAL_BROKEN` when it was changed. */
export const openScan = (
  { db, keyring }: Register,
  documentId: string,
  sha256: string,
): Promise<{ file: Buffer; type: string } | null> =>
  guarded(async () => {
    const [row] = await db
      .select()
      .from(documentScan)
      .where(and(eq(documentScan.documentId, documentId), eq(documentScan.sha256, sha256)));
    if (!row?.file) return null;
    return {
      file: unseal(keyring, row.keyId, placeOf(row.incidentId, row.id), row.file),
      type: row.type,
    };
  });

/** Says that a scan stands in the timeline. */
export const markScanNoted = ({ db }: Register, id: string, at: Instant): Promise<void> =>
  guarded(async () => {
    await db
      .update(documentScan)
      .set({ notedAt: at })
      .where(and(eq(documentScan.id, id), isNull(documentScan.notedAt)));
  });
