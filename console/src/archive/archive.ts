import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { archiveSchema, decidedErasureSchema, erasureSchema } from '../../../src/api/schemas-archive.ts';
import { ask } from '../api/client.ts';

export type Archive = z.infer<typeof archiveSchema>;
export type Erasure = z.infer<typeof erasureSchema>;
export type Proposal = Erasure['erasures'][number];
export type Decided = z.infer<typeof decidedErasureSchema>;

export const archiveKey = (incident: string) => ['archive', incident] as const;
export const erasureKey = (incident: string) => ['erasure', incident] as const;

export const useArchive = (incident: string) =>
  useQuery({
    queryKey: archiveKey(incident),
    queryFn: () => ask<Archive>(`/api/incidents/${incident}/archive`),
  });

export const useErasure = (incident: string) =>
  useQuery({
    queryKey: erasureKey(incident),
    queryFn: () => ask<Erasure>(`/api/incidents/${incident}/erasure`),
  });
