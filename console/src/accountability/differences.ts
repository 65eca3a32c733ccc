import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { differencesSchema } from '../../../src/api/schemas-accountability.ts';
import { ask } from '../api/client.ts';

export type Differences = z.infer<typeof differencesSchema>;
export type OfIncident = Differences[number];
export type Difference = OfIncident['differences'][number];
export const DIFFERENCES = ['time-differences'];

/** Those that concern whoever is signed in. Each reading is on record: read once, and again when asked. */
export const useDifferences = () =>
  useQuery({
    queryKey: DIFFERENCES,
    queryFn: () => ask<Differences>('/api/time-differences'),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

const say = (incident: string, what: string, body: object): Promise<unknown> =>
  ask(`/api/time-differences/${incident}/${what}`, { method: 'POST', body });

export const explain = (incident: string, difference: string, text: string) =>
  say(incident, 'explanation', { difference, text });

export const WORDS = ['lookedAt', 'noFurtherQuestion', 'toInvestigation'] as const;
export const judge = (incident: string, difference: string, word: (typeof WORDS)[number], note: string) =>
  say(incident, 'judgement', { difference, word, note: note.trim() || null });
