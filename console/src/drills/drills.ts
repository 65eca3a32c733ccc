import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  DrillBody,
  drillPreviewSchema,
  scenariosSchema,
  ScoreBody,
  yearSchema,
} from '../../../src/api/schemas-drills.ts';
import { ask } from '../api/client.ts';
import { isProblem } from '../api/problem.ts';
import { SESSION } from '../api/session.ts';

export type Drill = DrillBody;
export type Score = ScoreBody;
export type OfficeScore = ScoreBody['offices'][number];
export type Scenario = z.infer<typeof scenariosSchema>[number];
export type Year = z.infer<typeof yearSchema>;
type Preview = z.infer<typeof drillPreviewSchema>;

/** All that is kept of drills. */
export const DRILL_KEYS = ['drills'] as const;
/** While something runs it is looked at this often. */
const RUNNING_MS = 3_000;

export const useYear = (year: number) =>
  useQuery({
    queryKey: [...DRILL_KEYS, 'year', year],
    queryFn: () => ask<Year>(`/api/drills/year?year=${year}`),
  });

export const useDrills = () =>
  useQuery({ queryKey: [...DRILL_KEYS, 'list'], queryFn: () => ask<Drill[]>('/api/drills') });

export const useDrill = (id: string) =>
  useQuery({
    queryKey: [...DRILL_KEYS, id],
    queryFn: () => ask<Drill>(`/api/drills/${id}`),
    refetchInterval: ({ state }) =>
      ['approved', 'running'].includes(state.data?.status ?? '') ? RUNNING_MS : false,
  });

export const useScenarios = () =>
  useQuery({
    queryKey: ['drill-scenarios'],
    queryFn: () => ask<Scenario[]>('/api/drill-scenarios'),
    staleTime: Infinity,
  });

export const usePreview = (id: string, wanted: boolean) =>
  useQuery({
    queryKey: [...DRILL_KEYS, id, 'preview'],
    queryFn: () => ask<Preview>(`/api/drills/${id}/preview`),
    enabled: wanted,
  });

export const useScore = (id: string, wanted: boolean) =>
  useQuery({
    queryKey: [...DRILL_KEYS, id, 'score'],
    queryFn: () => ask<Score>(`/api/drills/${id}/score`),
    enabled: wanted,
  });

/** Twenty megabytes over a bad line. */
const FILE_PATIENCE_MS = 10 * 60_000;

/** Puts an outside party's written consent to a draft: the file as it is. The same file again stands as it was. */
export function useConsent(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ office, party, file }: { office: string; party: string; file: File }) =>
      ask(`/api/drills/${id}/consents?${new URLSearchParams({ office, party }).toString()}`, {
        method: 'POST',
        raw: file,
        patienceMs: FILE_PATIENCE_MS,
        headers: { 'content-type': file.type || 'application/octet-stream' },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: DRILL_KEYS }),
    onError: (error) => {
      if (isProblem(error) && error.status === 401) void client.invalidateQueries({ queryKey: SESSION });
    },
  });
}

/** Says something to a drill, and looks at everything anew. */
export function useDrillAct(id: string, person: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, ...more }: { act: string } & Record<string, unknown>) =>
      ask(`/api/drills/${id}/${act}`, { method: 'POST', body: { by: person ?? '', ...more } }),
    onSettled: () => client.invalidateQueries({ queryKey: DRILL_KEYS }),
  });
}
