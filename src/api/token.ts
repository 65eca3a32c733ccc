import { createHash, randomBytes } from 'node:crypto';

/** What the register keeps of a secret that is long and random itself: hex SHA-256. */
export const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A new API key. It is shown once; the register keeps its hash alone. */
export const newApiKey = (): string => `fh_${randomBytes(24).toString('base64url')}`;

export const newSessionToken = (): string => randomBytes(32).toString('base64url');

/** A password for the first sign-in, which asks for another one. Easy to read out: no letters that look alike. */
export function newOneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  // 31 does not divide 256, but a password of 20 letters loses less than a bit by it.
  const picked = [...randomBytes(20)].map((byte) => letters[byte % letters.length]);
  return picked.join('').replaceAll(/(.{5})(?=.)/g, '$1-');
}
