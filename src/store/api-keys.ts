import { eq } from 'drizzle-orm';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { apiKey } from './tables.ts';

export interface ApiKey {
  id: string;
  name: string;
  createdAt: Instant;
}

/** Admits an API key. Only its hash is kept; one that is known already stays as it is. */
export function addApiKey({ db }: Register, key: { id: string; name: string; hash: string }): Promise<void> {
  return guarded(async () => {
    await db.insert(apiKey).values(key).onConflictDoNothing();
  });
}

/** The key with this hash; null when there is none. */
export function apiKeyByHash({ db }: Register, hash: string): Promise<ApiKey | null> {
  const { id, name, createdAt } = apiKey;
  return guarded(async () => {
    const [row] = await db.select({ id, name, createdAt }).from(apiKey).where(eq(apiKey.hash, hash));
    return row ?? null;
  });
}
