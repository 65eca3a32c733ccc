import { createHash, randomBytes } from 'node:crypto';

/** Twelve characters: nobody guesses one of 2^72, and a text of two parts has room for it. */
export const newShortCode = (): string => randomBytes(9).toString('base64url');

export const shortCodeHash = (code: string): string => createHash('sha256').update(code).digest('hex');

export const SHORT_CODE = /^[\w-]{12}$/;
