import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { UnknownKeyError, type Keyring } from '../crypto/keyring.ts';
import { StoreError } from './errors.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 32;

export const newSalt = (): Buffer => randomBytes(SALT_BYTES);

/** What stands in the chain for a personal value: hex HMAC-SHA-256 under a salt of its own, which goes when the value is erased. */
export const saltedDigest = (salt: Uint8Array, value: string): string =>
  createHmac('sha256', salt).update(value).digest('hex');

/**
 * What a sealed value belongs to. It is authenticated with the value, so that one cannot be put in another's place.
 * `name` is a personal value's name or a run's id.
 */
export interface SealPlace {
  incidentId: string;
  name: string;
  sealedId: string;
}

/** AES-256-GCM under the ring's current key: 12 bytes of IV, 16 of tag, then the ciphertext. */
export function seal(keyring: Keyring, place: SealPlace, clear: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyring.key('seal'), iv);
  cipher.setAAD(bound(place));
  const ciphertext = Buffer.concat([cipher.update(clear), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
}

/** The inverse of {@link seal}. Throws `SEAL_BROKEN` when it was changed or moved, `UnknownKeyError` when its key is not in the ring. */
export function unseal(keyring: Keyring, keyId: string, place: SealPlace, box: Uint8Array): Buffer {
  const key = keyring.key('seal', keyId);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(bound(place));
    decipher.setAuthTag(box.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(box.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new StoreError('SEAL_BROKEN', `sealed "${place.name}" of incident ${place.incidentId} was changed`);
  }
}

const bound = ({ incidentId, name, sealedId }: SealPlace) =>
  Buffer.from([incidentId, name, sealedId].join('\n'));

/** What `read` gives; null when it was changed, or its key is gone. */
export function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownKeyError || error instanceof StoreError) return null;
    throw error;
  }
}
