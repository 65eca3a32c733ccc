import type { Keyring } from '../crypto/keyring.ts';
import { seal, unseal } from './seal.ts';

/** Where a sealed text stands: the row it belongs to, by its id, and which text of it. */
export interface TextPlace {
  id: string;
  name: string;
}

const placeOf = ({ id, name }: TextPlace) => ({ incidentId: id, name, sealedId: id });

/** A text under the ring's current key, beside what it is about. */
export const sealText = (keyring: Keyring, place: TextPlace, text: string) => ({
  box: seal(keyring, placeOf(place), Buffer.from(text)),
  keyId: keyring.currentId,
});

/** The inverse; null where there is none, or it was erased. Throws `SEAL_BROKEN`, `UnknownKeyError`. */
export const openText = (
  keyring: Keyring,
  place: TextPlace,
  { box, keyId }: { box: Buffer | null; keyId: string | null },
): string | null => (box && keyId ? unseal(keyring, keyId, placeOf(place), box).toString() : null);
