import { createHmac, timingSafeEqual } from 'node:crypto';

/** Names of the headers that the gateway contract signs with; see docs/gateway.md. */
export const TIMESTAMP_HEADER = 'fenghuo-timestamp';
export const SIGNATURE_HEADER = 'fenghuo-signature';

/** The longest a signed request may be on its way, in seconds: what is older is a replay. */
export const TOLERANCE_SECONDS = 300;

/** The value of the signature header: `v1=` and HMAC-SHA-256 (hex) over `timestamp.body`; `timestamp` in Unix seconds. */
export const contractSignature = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/** Both headers for a body that is sent at `now` (ms since 1970). */
export function signedHeaders(secret: string, body: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  return {
    [TIMESTAMP_HEADER]: timestamp,
    [SIGNATURE_HEADER]: contractSignature(secret, timestamp, body),
  };
}

export type SignatureFault = 'SIGNATURE_MISSING' | 'TIMESTAMP_TOO_OLD' | 'SIGNATURE_WRONG';

/** Why a signed body cannot be trusted, or null when it can. Several signatures, comma separated, are each tried: secrets change. */
export function signatureFault(
  secret: string,
  { timestamp, signature, body, now }: { timestamp?: string; signature?: string; body: string; now: number },
): SignatureFault | null {
  if (!timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return 'SIGNATURE_MISSING';
  const expected = contractSignature(secret, timestamp, body);
  if (!signature.split(',').some((given) => isSame(given.trim(), expected))) return 'SIGNATURE_WRONG';
  return Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS ? 'TIMESTAMP_TOO_OLD' : null;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
