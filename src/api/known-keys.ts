import { msBetween, toInstant } from '../incident/instant.ts';
import { apiKeyByHash, type ApiKey } from '../store/api-keys.ts';
import type { Register } from '../store/open.ts';
import { within } from '../within.ts';
import type { Actor } from './actor.ts';
import { Problem } from './problem.ts';
import { fingerprint } from './token.ts';

/** How long a key once seen is good without the register's answer: an alarm is not refused because the register is down. */
const REMEMBERED_MS = 24 * 60 * 60_000;
/** How long one is good without asking: a key that was ended elsewhere opens nothing after this. */
const UNASKED_MS = 60_000;
const PATIENCE_MS = 2_000;
const PATIENCE_WITH_KNOWN_MS = 500;

export interface KnownKeys {
  /** Whose key this is. Throws 401 `API_KEY_REQUIRED` or `API_KEY_EXPIRED`, 503 where nobody can say. */
  actorOf(key: string): Promise<Actor>;
  /** Asks anew from now on. */
  forget(id: string): void;
}

/** Reads API keys from the register, and remembers those it has seen. */
export function createKnownKeys(register: Register): KnownKeys {
  const seen = new Map<string, { key: ApiKey; at: number; askedAt: number }>();

  async function lookUp(hash: string): Promise<ApiKey> {
    const known = seen.get(hash);
    const now = Date.now();
    const isKnown = known !== undefined && now - known.at < REMEMBERED_MS;
    if (isKnown && now - known.askedAt < UNASKED_MS) return known.key;
    let found: ApiKey | null;
    try {
      found = await within(isKnown ? PATIENCE_WITH_KNOWN_MS : PATIENCE_MS, apiKeyByHash(register, hash));
    } catch {
      if (!isKnown) throw unavailable();
      known.askedAt = now;
      return known.key;
    }
    if (!found) {
      seen.delete(hash);
      throw refused('API 密钥无效', 'This key is not known here.');
    }
    seen.set(hash, { key: found, at: now, askedAt: now });
    return found;
  }

  return {
    async actorOf(key) {
      const { id, scope, expiresAt } = await lookUp(fingerprint(key));
      if (expiresAt !== null && msBetween(expiresAt, toInstant(Date.now())) >= 0) throw expired();
      return { kind: 'key', id, scope };
    },
    forget(id) {
      for (const [hash, { key }] of seen) if (key.id === id) seen.delete(hash);
    },
  };
}

export const refused = (title: string, detail: string): Problem =>
  new Problem({ status: 401, code: 'API_KEY_REQUIRED', title, detail });

const expired = (): Problem =>
  new Problem({
    status: 401,
    code: 'API_KEY_EXPIRED',
    title: 'API 密钥已过期',
    detail: 'Ask the administrator for a new key (fenghuo key create).',
  });

const unavailable = (): Problem =>
  new Problem({
    status: 503,
    code: 'REGISTER_UNAVAILABLE',
    title: '暂时无法核对 API 密钥',
    retryAfter: 5,
  });
