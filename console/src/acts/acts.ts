import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { actSchema, actsSchema } from '../../../src/api/schemas-acts-now.ts';
import { ask } from '../api/client.ts';

/** What this person may do now, with what it would cause. */
export type Act = z.infer<typeof actSchema>;

export const useActs = (id: string) =>
  useQuery({
    queryKey: ['incident', id, 'acts'],
    queryFn: () => ask<z.infer<typeof actsSchema>>(`/api/incidents/${id}/acts`),
  });

/** The same act, also when it was read anew. */
export const nameOf = ({ path, body }: Pick<Act, 'path' | 'body'>): string =>
  `${path} ${JSON.stringify(body)}`;

export const incidentOf = ({ path }: Pick<Act, 'path'>): string => path.split('/')[3] ?? '';
