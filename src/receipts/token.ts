import { SignJWT, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Keyring } from '../crypto/keyring.ts';
import { parseMessageKey } from '../incident/ids.ts';
import type { MessageKey } from '../incident/ids.ts';
import { toInstant, toMs } from '../incident/instant.ts';
import type { Instant } from '../incident/instant.ts';

/** What a receipt link confirms: that `person` has the message `key`. Instants are whole seconds in the token. */
export interface Receipt {
  key: MessageKey;
  person: string;
  issuedAt: Instant;
  expiresAt: Instant;
}

export type ReadReceipt =
  | { ok: true; key: MessageKey; person: string; expiresAt: Instant }
  | { ok: false; code: 'RECEIPT_FORGED' }
  | { ok: false; code: 'RECEIPT_EXPIRED'; key: MessageKey; person: string; expiresAt: Instant };

const ALGORITHM = 'HS256';
const AUDIENCE = 'fenghuo-receipt';

/** Longer than any token of ours; what is longer is not even looked at. */
const MAX_LENGTH = 2_048;

/** A compact token for a link, of URL-safe characters only, signed with the ring's current `receipt` key. */
export const signReceipt = (
  keyring: Keyring,
  { key, person, issuedAt, expiresAt }: Receipt,
): Promise<string> =>
  new SignJWT({ key })
    .setProtectedHeader({ alg: ALGORITHM, kid: keyring.currentId })
    .setAudience(AUDIENCE)
    .setSubject(person)
    .setIssuedAt(Math.floor(toMs(issuedAt) / 1000))
    .setExpirationTime(Math.ceil(toMs(expiresAt) / 1000)) // never shorter than promised
    .sign(keyring.key('receipt'));

/**
 * What a token says at `now`. `RECEIPT_FORGED`: not ours, or changed, or signed with a key that has been withdrawn.
 * `RECEIPT_EXPIRED`: ours, but too late; it still tells what it was for. Never throws.
 */
export async function readReceipt(keyring: Keyring, token: string, now: Instant): Promise<ReadReceipt> {
  const forged = { ok: false, code: 'RECEIPT_FORGED' } as const;
  const key = token.length <= MAX_LENGTH ? signingKey(keyring, token) : null;
  if (!key) return forged;
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      audience: AUDIENCE,
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(toMs(now)),
    });
    const claims = claimsOf(payload);
    return claims ? { ok: true, ...claims } : forged;
  } catch (error) {
    // The expiry is looked at last: signature and audience have held by then.
    const claims = error instanceof errors.JWTExpired ? claimsOf(error.payload) : null;
    return claims ? { ok: false, code: 'RECEIPT_EXPIRED', ...claims } : forged;
  }
}

function signingKey(keyring: Keyring, token: string): Uint8Array | null {
  try {
    const { kid } = decodeProtectedHeader(token);
    return kid !== undefined && keyring.ids.includes(kid) ? keyring.key('receipt', kid) : null;
  } catch {
    return null; // not even a token
  }
}

function claimsOf({
  sub,
  key,
  exp,
}: JWTPayload): { key: MessageKey; person: string; expiresAt: Instant } | null {
  if (sub === undefined || typeof exp !== 'number' || typeof key !== 'string' || !parseMessageKey(key))
    return null;
  return { key: key as MessageKey, person: sub, expiresAt: toInstant(exp * 1000) };
}
