import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { dutySchema } from '../../../src/api/schemas-acts-now.ts';
import { ask } from '../api/client.ts';

export type Duty = z.infer<typeof dutySchema>;

/** What the signed-in person has to do, over all incidents, the soonest deadline first. */
export const useDuties = () =>
  useQuery({
    queryKey: ['duties'],
    queryFn: () => ask<{ person: string | null; duties: Duty[] }>('/api/duties'),
  });

/** Mine to do, before what I have only been told of. */
export const isMine = ({ held }: Duty): boolean => held === 'takenOver' || held === 'onDuty';
