import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { whoAmISchema } from '../../../src/api/schemas-accounts.ts';
import { ask } from './client.ts';

export type WhoAmI = z.infer<typeof whoAmISchema>;
export type RightName = WhoAmI['rights'][number]['right'];

export const SESSION = ['session'] as const;

const SESSION_QUERY = {
  queryKey: SESSION,
  queryFn: () => ask<WhoAmI>('/api/session'),
  retry: false,
  staleTime: 60_000,
};

/** Who is signed in. Fails with 401 when nobody is. */
export const useSession = () => useQuery(SESSION_QUERY);

/** The account that is signed in, asked for where no page has yet; null where that cannot be known, or nobody is. */
export const accountNow = async (client: QueryClient): Promise<string | null> => {
  const who = await client.ensureQueryData(SESSION_QUERY).catch(() => null);
  return who?.account?.id ?? null;
};

export const may = (who: WhoAmI | undefined, right: RightName): boolean =>
  who?.rights.some((each) => each.right === right) ?? false;
