import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  checkSchema,
  diffSchema,
  editionSchema,
  plansSchema,
  proposalSchema,
} from '../../../src/api/schemas-plans.ts';
import { ask } from '../api/client.ts';

export type Plans = z.infer<typeof plansSchema>;
export type Edition = z.infer<typeof editionSchema>;
export type Clause = Edition['clauses'][number];
export type ClauseDuty = Clause['duties'][number];
export type Proposal = z.infer<typeof proposalSchema>;
export type Diff = z.infer<typeof diffSchema>;
export type Checked = z.infer<typeof checkSchema>;

export const PLANS = ['plans'] as const;

/** The edition in force, those before it, and what is proposed. */
export const usePlans = () => useQuery({ queryKey: [...PLANS], queryFn: () => ask<Plans>('/api/plans') });

/** One edition clause by clause; `hash` of an edition or of a proposal that is not decided. */
export const useEdition = (key: string | undefined, hash: string | undefined) =>
  useQuery({
    queryKey: [...PLANS, key, hash],
    queryFn: () => ask<Edition>(`/api/plans/${key}/${hash}`),
    enabled: Boolean(key && hash),
    staleTime: Infinity, // an edition never changes
  });

/** What changed from one edition to another, by their hashes. */
export const useDiff = (key: string, before: string, after: string) =>
  useQuery({
    queryKey: [...PLANS, key, before, 'diff', after],
    queryFn: () => ask<Diff>(`/api/plans/${key}/${before}/diff?against=${after}`),
    staleTime: Infinity,
  });

/** All mistakes of a draft, else what it changes; nothing is asked while there is none. */
export const useCheck = (text: string | null) =>
  useQuery({
    queryKey: [...PLANS, 'check', text],
    queryFn: ({ signal }) => ask<Checked>('/api/plans/check', { method: 'POST', body: { text }, signal }),
    enabled: text !== null,
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 60_000,
  });
