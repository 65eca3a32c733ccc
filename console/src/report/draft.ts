import { useEffect, useState } from 'react';

/** What has been typed of an alarm so far. */
export interface Draft {
  /** The Idempotency-Key it will go out under: the same alarm never counts twice. */
  key: string;
  eventType: string | null;
  office: string | null;
  situation: string;
  place: string;
  subject: string;
  measuresTaken: string;
}

const KEPT = 'fenghuo.report.draft';

export const newDraft = (): Draft => ({
  key: crypto.randomUUID(),
  ...{ eventType: null, office: null, situation: '', place: '', subject: '', measuresTaken: '' },
});

function keptDraft(): Draft {
  try {
    return { ...newDraft(), ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Draft>) };
  } catch {
    return newDraft();
  }
}

/** A draft that outlives the page: it stays on this device until the alarm is on its way. */
export function useDraft() {
  const [draft, setDraft] = useState(keptDraft);
  useEffect(() => localStorage.setItem(KEPT, JSON.stringify(draft)), [draft]);
  return {
    draft,
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    startAnew: () => setDraft(newDraft()),
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
