import { UnknownKeyError, type Keyring } from '../crypto/keyring.ts';
import { StoreError } from './errors.ts';
import { saltedDigest, unseal } from './seal.ts';
import type { sealed } from './tables.ts';

export type SealedRow = typeof sealed.$inferSelect;

/** Erased as this register erases: a salt that stayed would let the value be guessed from its digest. */
export const isErased = ({ erasedAt, ciphertext, salt }: SealedRow): boolean =>
  erasedAt !== null && ciphertext === null && salt === null;

/** Why a sealed value does not hold what its chain says; null when it does, or was erased. */
export function brokenValue(
  keyring: Keyring,
  { digest, ...place }: { incidentId: string; name: string; sealedId: string; digest: string },
  value: SealedRow | undefined,
): 'CHANGED_PERSONAL' | 'KEY_MISSING' | null {
  if (value && isErased(value)) return null;
  if (!value?.ciphertext || !value.salt || value.erasedAt !== null) return 'CHANGED_PERSONAL';
  try {
    const clear = unseal(keyring, value.keyId, place, value.ciphertext).toString();
    return saltedDigest(value.salt, clear) === digest ? null : 'CHANGED_PERSONAL';
  } catch (error) {
    if (error instanceof UnknownKeyError) return 'KEY_MISSING';
    if (error instanceof StoreError) return 'CHANGED_PERSONAL';
    throw error;
  }
}
