import { eq } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { unseal } from './seal.ts';
import { sealed } from './tables.ts';

/**
 * A sealed text as it was sealed, with the salt of its digest, so that somebody without keys can make the digest again; null once
 * erased. Throws `SEAL_BROKEN`, `UnknownKeyError`. Whoever asks logs it.
 */
export const openSealedText = (
  { db, keyring }: Register,
  { incidentId, name, sealedId }: { incidentId: IncidentId; name: string; sealedId: string },
): Promise<{ text: string; salt: Buffer } | null> =>
  guarded(async () => {
    const [row] = await db.select().from(sealed).where(eq(sealed.id, sealedId));
    if (!row?.ciphertext || !row.salt) return null;
    const place = { incidentId, name, sealedId };
    return { text: unseal(keyring, row.keyId, place, row.ciphertext).toString(), salt: row.salt };
  });
