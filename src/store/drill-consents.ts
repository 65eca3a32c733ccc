import { createHash, randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { seal, unseal } from './seal.ts';
import { drillConsent } from './tables-drills.ts';

const placeOf = (drillId: string, id: string) => ({
  incidentId: drillId,
  name: 'drill.consent',
  sealedId: id,
});

/** Keeps a written consent, sealed, and gives the SHA-256 of its file. The same file again stands as it was. */
export function addConsent(
  { db, keyring }: Register,
  {
    file,
    ...consent
  }: { drillId: string; office: string; party: string; type: string; by: string; file: Buffer },
): Promise<string> {
  const sha256 = createHash('sha256').update(file).digest('hex');
  const id = randomUUID();
  const box = seal(keyring, placeOf(consent.drillId, id), file);
  return guarded(async () => {
    await db
      .insert(drillConsent)
      .values({ ...consent, id, sha256, size: file.length, file: box, keyId: keyring.currentId })
      .onConflictDoNothing();
    return sha256;
  });
}

/** One consent's file; null when there is none. Throws `SEAL_BROKEN` when it was changed. */
export const openConsent = (
  { db, keyring }: Register,
  drillId: string,
  sha256: string,
): Promise<{ file: Buffer; type: string } | null> =>
  guarded(async () => {
    const [row] = await db
      .select()
      .from(drillConsent)
      .where(and(eq(drillConsent.drillId, drillId), eq(drillConsent.sha256, sha256)));
    if (!row) return null;
    return { file: unseal(keyring, row.keyId, placeOf(drillId, row.id), row.file), type: row.type };
  });
