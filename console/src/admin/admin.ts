import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { accountSchema, apiKeySchema, grantSchema } from '../../../src/api/schemas-accounts.ts';
import type { auditSchema } from '../../../src/api/schemas-audit.ts';
import type { changesSchema, verifiedSchema } from '../../../src/api/schemas-changes.ts';
import type { healthDetailsSchema } from '../../../src/api/schemas-operations.ts';
import { ask } from '../api/client.ts';

export type Account = z.infer<typeof accountSchema>;
export type ApiKey = z.infer<typeof apiKeySchema>;
export type Grant = z.infer<typeof grantSchema>;
export type Change = z.infer<typeof changesSchema>[number];
export type Verified = z.infer<typeof verifiedSchema>;
export type Audit = z.infer<typeof auditSchema>;
export type Health = z.infer<typeof healthDetailsSchema>;

/** What the administration reads, by its address. */
const useList = <T>(path: string, enabled = true) =>
  useQuery({ queryKey: ['admin', path], queryFn: () => ask<T>(path), enabled });

export const ACCOUNTS = '/api/accounts';
export const KEYS = '/api/api-keys';
export const GRANTS = '/api/identity-grants';

export const useAccounts = () => useList<Account[]>(ACCOUNTS);
export const useKeys = () => useList<ApiKey[]>(KEYS);
export const useGrants = () => useList<Grant[]>(GRANTS);

/** Workers, queues, channels and register, asked again every half minute while the page is open. */
export const useHealth = () =>
  useQuery({
    queryKey: ['admin', 'health'],
    queryFn: () => ask<Health>('/api/health/details'),
    refetchInterval: 30_000,
  });

/** The list at this address is read anew. */
export const renew = (client: QueryClient, path: string): Promise<void> =>
  client.invalidateQueries({ queryKey: ['admin', path] });
