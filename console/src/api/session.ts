import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { whoAmISchema } from '../../../src/api/schemas-accounts.ts';
import { ask } from './client.ts';

export type WhoAmI = z.infer<typeof whoAmISchema>;
export type RightName = WhoAmI['rights'][number]['right'];

export const SESSION = ['session'] as const;

/** Who is signed in. Fails with 401 when nobody is. */
export const useSession = () =>
  useQuery({
    queryKey: SESSION,
    queryFn: () => ask<WhoAmI>('/api/session'),
    retry: false,
    staleTime: 60_000,
  });

export const may = (who: WhoAmI | undefined, right: RightName): boolean =>
  who?.rights.some((each) => each.right === right) ?? false;
