import { asc, eq } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { apiKey } from './tables.ts';

/** `full` does everything; `intake` reports incidents and follows its own. */
export type ApiKeyScope = 'full' | 'intake';

export interface ApiKey {
  id: string;
  name: string;
  createdAt: Instant;
  scope: ApiKeyScope;
  /** From this instant on it opens nothing; null: it does not expire. */
  expiresAt: Instant | null;
}

/** Admits an API key. Only its hash is kept; one that is known already stays as it is. */
export function addApiKey(
  { db }: Register,
  key: { id: string; name: string; hash: string; scope?: ApiKeyScope; expiresAt?: Instant | null },
): Promise<void> {
  return guarded(async () => {
    await db.insert(apiKey).values(key).onConflictDoNothing();
  });
}

const shown = {
  id: apiKey.id,
  name: apiKey.name,
  createdAt: apiKey.createdAt,
  scope: apiKey.scope,
  expiresAt: apiKey.expiresAt,
};

/** The key with this hash; null when there is none. */
export function apiKeyByHash({ db }: Register, hash: string): Promise<ApiKey | null> {
  return guarded(async () => {
    const [row] = await db.select(shown).from(apiKey).where(eq(apiKey.hash, hash));
    return row ?? null;
  });
}

/** Every key, oldest first. */
export const listApiKeys = ({ db }: Register): Promise<ApiKey[]> =>
  guarded(async () => db.select(shown).from(apiKey).orderBy(asc(apiKey.createdAt)));

/** Ends a key; null when there is none of this id. */
export function expireApiKey({ db }: Register, id: string, at: Instant): Promise<ApiKey | null> {
  return guarded(async () => {
    const [row] = await db.update(apiKey).set({ expiresAt: at }).where(eq(apiKey.id, id)).returning(shown);
    return row ?? null;
  });
}
