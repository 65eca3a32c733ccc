import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  findingSchema,
  promptSchema,
  screeningsSchema,
  studySchema,
} from '../../../src/api/schemas-registers.ts';
import { ask } from '../api/client.ts';
import { isProblem } from '../api/problem.ts';
import { SESSION } from '../api/session.ts';
import { day } from '../look/time.ts';

export type Study = z.infer<typeof studySchema>;
export type Screenings = z.infer<typeof screeningsSchema>;
export type Finding = Screenings['rounds'][number]['findings'][number];
export type Opened = z.infer<typeof findingSchema>;
export type Prompt = z.infer<typeof promptSchema>;

const REGISTERS = ['registers'] as const;

export const useStudy = () =>
  useQuery({ queryKey: [...REGISTERS, 'study'], queryFn: () => ask<Study>('/api/study') });
export const useScreenings = () =>
  useQuery({ queryKey: [...REGISTERS, 'screenings'], queryFn: () => ask<Screenings>('/api/screenings') });
export const usePrompts = () =>
  useQuery({ queryKey: [...REGISTERS, 'prompts'], queryFn: () => ask<Prompt[]>('/api/revision-prompts') });

interface Sent {
  path: string;
  body: object;
  method?: 'POST' | 'PUT';
}

/** Sends to a register and reads all of them anew. A session that has ended is asked for over the page. */
export function useSend() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body, method = 'POST' }: Sent) => ask<unknown>(path, { method, body }),
    onError: (error) => {
      if (isProblem(error) && error.status === 401) void client.invalidateQueries({ queryKey: SESSION });
    },
    onSettled: () => client.invalidateQueries({ queryKey: REGISTERS }),
  });
}

/** What a finding says, for a reason that is logged. */
export const readFinding = (id: string, reason: string): Promise<Opened> =>
  ask(`/api/screenings/findings/${id}`, { headers: { 'x-reason': encodeURIComponent(reason) } });

/** A date as the registers have it: 2026-11-23. */
export const dateOf = (instant: string | number): string => day(instant).replaceAll('/', '-');
