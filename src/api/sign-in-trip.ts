import { EncryptJWT, decodeProtectedHeader, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { Keyring } from '../crypto/keyring.ts';

/** What the browser keeps, sealed, while somebody is away at the identity provider. */
const trip = z.object({
  checks: z.object({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  /** Where to go when signed in. */
  to: z.string(),
  /** The session it replaces, by its fingerprint: its cookie is strict and does not come along from another site. */
  before: z.string().nullable(),
});
export type Trip = z.infer<typeof trip>;

export const TRIP_SECONDS = 10 * 60;
const AUDIENCE = 'fenghuo-sign-in';

/** Seals it for {@link TRIP_SECONDS}, with the ring's current key. */
export const sealTrip = (keyring: Keyring, kept: Trip): Promise<string> =>
  new EncryptJWT({ kept })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: keyring.currentId })
    .setAudience(AUDIENCE)
    .setExpirationTime(`${TRIP_SECONDS}s`)
    .encrypt(keyring.key('signIn'));

/** The inverse; null for what is not ours, was changed, or is too old. Never throws. */
export async function openTrip(keyring: Keyring, sealed: string): Promise<Trip | null> {
  try {
    const { kid } = decodeProtectedHeader(sealed);
    const { payload } = await jwtDecrypt(sealed, keyring.key('signIn', String(kid)), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      audience: AUDIENCE,
      requiredClaims: ['exp'],
    });
    return trip.parse(payload.kept);
  } catch {
    return null;
  }
}

const HERE = 'http://here.invalid';
const LEADS_AWAY = /^[/\\]{2}/;

/** A path of this address as given, normalised; `/` for whatever would lead elsewhere. */
export function localPath(given: string | undefined): string {
  if (!given?.startsWith('/') || !URL.canParse(given, HERE)) return '/';
  const { origin, pathname, search, hash } = new URL(given, HERE);
  return origin === HERE && !LEADS_AWAY.test(pathname) ? `${pathname}${search}${hash}` : '/';
}
