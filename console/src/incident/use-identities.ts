import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { readIdentities, type Detail } from './incident.ts';

export interface IdentitiesState {
  opened: Detail | null;
  at: number;
  reason: string;
  busy: boolean;
  error: unknown;
  open(reason: string): Promise<void>;
  close(): void;
}

const CLOSED = { opened: null, at: 0, reason: '', busy: false, error: undefined };

/** Identities as they were read for a reason; kept no longer than the page is open. */
export function useIdentities(id: string): IdentitiesState {
  const [state, setState] = useState<Omit<IdentitiesState, 'open' | 'close'>>(CLOSED);
  return {
    ...state,
    async open(reason) {
      setState((before) => ({ ...before, reason, busy: true, error: undefined }));
      try {
        const opened = await readIdentities(id, reason);
        setState({ opened, at: serverNow(), reason, busy: false, error: undefined });
      } catch (error) {
        setState((before) => ({ ...before, busy: false, error }));
      }
    },
    close: () => setState(CLOSED),
  };
}
