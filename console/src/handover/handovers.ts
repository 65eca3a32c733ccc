import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { handoverSchema } from '../../../src/api/schemas-receipts.ts';
import { ask } from '../api/client.ts';
import type { Duty } from '../duties/duties.ts';

export type Handover = z.infer<typeof handoverSchema>;
export type HandedDuty = Handover['duties'][number];

/** Handovers that one may see, the newest first. */
export const useHandovers = () =>
  useQuery({ queryKey: ['handovers'], queryFn: () => ask<Handover[]>('/api/handovers?limit=100') });

/** What moves with a handover: what I hold, and what nobody holds of my body's. */
export const moves = ({ held, holderName }: Duty): boolean =>
  held === 'takenOver' || (held !== 'told' && holderName === null);

/** Accepts a handover, or takes one back. */
export const answer = (id: string, act: 'accept' | 'withdraw'): Promise<Handover> =>
  ask(`/api/handovers/${id}/${act}`, { method: 'POST', body: {} });

export interface Offer {
  from: string;
  to: string;
  note: string;
}

/** Offers one's open duties; under the same key it counts once. */
export const offer = ({ note, ...rest }: Offer, key: string): Promise<Handover> =>
  ask('/api/handovers', {
    method: 'POST',
    headers: { 'idempotency-key': key },
    body: { ...rest, note: note.trim() || null },
  });
