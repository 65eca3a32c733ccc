import type { FastifyRequest } from 'fastify';
import { apiKeyByHash } from '../store/api-keys.ts';
import type { Register } from '../store/open.ts';
import { within } from '../within.ts';
import { toInstant } from '../incident/instant.ts';
import { fingerprint } from './token.ts';
import { Problem } from './problem.ts';

/** Whoever may read payloads in clear, as the change record names them. */
export interface Reader {
  by: string;
  via: string;
}

/**
 * Who asks to read payloads in clear; null when nobody who may. The one place that decides it: today whoever has a full API key that has not expired.
 * Throws 503 while the register cannot be asked.
 */
export async function mayDecode(register: Register, request: FastifyRequest): Promise<Reader | null> {
  const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (!key) return null;
  const known = await within(2_000, apiKeyByHash(register, fingerprint(key))).catch(() => {
    throw new Problem({
      status: 503,
      code: 'REGISTER_UNAVAILABLE',
      title: '暂时无法核对 API 密钥',
      retryAfter: 5,
    });
  });
  const mayRead =
    known?.scope === 'full' && (known.expiresAt === null || known.expiresAt > toInstant(Date.now()));
  return mayRead ? { by: known.id, via: 'temporal-ui' } : null;
}
