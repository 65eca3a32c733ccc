import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { chainSchema, reportDraftSchema } from '../../../src/api/schemas-reports.ts';
import type { templatesSchema } from '../../../src/api/schemas-documents.ts';
import { ask } from '../api/client.ts';
import { newKey } from '../api/new-key.ts';
import { isProblem } from '../api/problem.ts';
import { SESSION } from '../api/session.ts';

export type Chain = z.infer<typeof chainSchema>;
export type Link = Chain['reports'][number];
export type Element = Link['elements'][number]['element'];
export type Draft = z.infer<typeof reportDraftSchema>;
export type Kind = Draft['kind'];
export type Instruction = Chain['instructions'][number];

export const ELEMENTS: Element[] = ['kind', 'time', 'place', 'persons', 'development', 'measures'];

const because = (reason: string): Record<string, string> =>
  reason ? { 'x-reason': encodeURIComponent(reason) } : {};
const chainKey = (id: string) => ['incident', id, 'reports'] as const;

/** The chain without what is personal: read again whenever the incident changes. */
export const useChain = (id: string) =>
  useQuery({ queryKey: chainKey(id), queryFn: () => ask<Chain>(`/api/incidents/${id}/reports`) });

/** The same with what it says, for a reason that is logged: read when one asks, and never by itself. */
export const useOpened = (id: string) =>
  useMutation({
    mutationFn: (reason: string) => ask<Chain>(`/api/incidents/${id}/reports`, { headers: because(reason) }),
  });

/** The next report, filled in from the timeline. */
export const useFilledIn = (id: string) =>
  useMutation({
    mutationFn: ({ kind, reason }: { kind: Kind; reason: string }) =>
      ask<Draft>(`/api/incidents/${id}/reports/draft?kind=${kind}`, { headers: because(reason) }),
  });

export const useTemplates = () =>
  useQuery({
    queryKey: ['document-templates'],
    queryFn: () => ask<z.infer<typeof templatesSchema>>('/api/document-templates'),
    staleTime: 600_000,
  });

/** Something said to the incident; the chain is read anew after it. */
export function useSaid(id: string, path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: object) =>
      ask<unknown>(`/api/incidents/${id}/${path}`, {
        method: 'POST',
        body,
        headers: { 'idempotency-key': newKey() },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['incident', id] }),
    onError: (error) => {
      if (isProblem(error) && error.status === 401) void client.invalidateQueries({ queryKey: SESSION });
    },
  });
}
