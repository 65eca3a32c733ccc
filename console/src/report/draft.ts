import { useEffect, useState } from 'react';
import { forgetKept, keep, kept } from '../look/keep.ts';

/** What has been typed of an alarm so far. */
export interface Draft {
  eventType: string | null;
  office: string | null;
  situation: string;
  place: string;
  subject: string;
  measuresTaken: string;
}

const KEPT = 'fenghuo.report.draft';

export const EMPTY: Draft = {
  eventType: null,
  office: null,
  situation: '',
  place: '',
  subject: '',
  measuresTaken: '',
};

/** Signing out: what somebody else finds on a shared device is empty. */
export const forgetDraft = (): void => forgetKept(KEPT);

/** Begins a draft elsewhere in the console. False where one is being written: what somebody has typed stays. */
export function fillDraft(part: Partial<Draft>): boolean {
  const before = { ...EMPTY, ...kept<Partial<Draft>>(KEPT) };
  if (before.situation.trim() !== '') return false;
  keep(KEPT, { ...before, ...part });
  return true;
}

/** A draft that outlives the page: it stays on this device until the alarm is on its way. */
export function useDraft() {
  const [draft, setDraft] = useState<Draft>(() => ({ ...EMPTY, ...kept<Partial<Draft>>(KEPT) }));
  useEffect(() => keep(KEPT, draft), [draft]);
  return {
    draft,
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    /** What was typed is on its way, or is to be changed again. */
    replace: (next: Draft) => {
      keep(KEPT, next);
      setDraft(next);
    },
  };
}

/** The body of `POST /api/incidents`; what is empty is left out, and asked for later. */
export const bodyOf = ({ eventType, office, situation, place, subject, measuresTaken }: Draft) => ({
  office,
  eventType: eventType || null, // '' is: not sure, so a person chooses
  situation: situation.trim(),
  ...(place.trim() ? { place: place.trim() } : {}),
  ...(measuresTaken.trim() ? { measuresTaken: measuresTaken.trim() } : {}),
  ...(subject.trim() ? { subjects: [{ name: subject.trim() }] } : {}),
});
