import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { historySchema } from '../../../src/api/schemas-history.ts';
import type { activitiesSchema, retriedSchema } from '../../../src/api/schemas-operations.ts';
import { ask } from '../api/client.ts';

export type History = z.infer<typeof historySchema>;
export type Run = History['runs'][number];
export type RawEvent = Run['events'][number];
export type Activities = z.infer<typeof activitiesSchema>;
export type Activity = Activities['activities'][number];

/** The workflow's history, for a reason that is logged each time: it is read when one asks, and never by itself. */
export const useReadHistory = (id: string) =>
  useMutation({
    mutationFn: (reason: string) =>
      ask<History>(`/api/incidents/${id}/history`, { headers: { 'x-reason': encodeURIComponent(reason) } }),
  });

const activitiesKey = (id: string) => ['incident', id, 'activities'] as const;

/** What the incident waits for from a worker. */
export const useActivities = (id: string) =>
  useQuery({
    queryKey: activitiesKey(id),
    queryFn: () => ask<Activities>(`/api/incidents/${id}/activities`),
  });

/** Tries now what waits for its next try; one by its id, or all of them. */
export function useRetry(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { activity: string | null; reason: string }) =>
      ask<z.infer<typeof retriedSchema>>(`/api/incidents/${id}/activities/retry`, { method: 'POST', body }),
    onSettled: () => client.invalidateQueries({ queryKey: activitiesKey(id) }),
  });
}
