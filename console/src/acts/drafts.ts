import { newKey } from '../api/new-key.ts';
import { useState } from 'react';

export type Values = Record<string, string>;

interface Draft {
  values: Values;
  /** Under it the same act counts once, however often it is sent. */
  key: string;
}

/** What was typed, until it is sent: closing a form, or leaving the page, loses nothing. Not kept on the device: it may be personal. */
const drafts = new Map<string, Draft>();

/** The values of a form by the act's name. `forget` once they were taken. */
export function useDraftOf(name: string, first: Values) {
  const [draft, setDraft] = useState(() => drafts.get(name) ?? { values: first, key: newKey() });
  return {
    ...draft,
    set(field: string, value: string): void {
      const next = { ...draft, values: { ...draft.values, [field]: value } };
      drafts.set(name, next);
      setDraft(next);
    },
    /** What was refused under the old key was something else. */
    renew(): void {
      const next = { ...draft, key: newKey() };
      drafts.set(name, next);
      setDraft(next);
    },
    forget: () => void drafts.delete(name),
  };
}
