import { useEffect } from 'react';
import { onNotice } from '../api/events.ts';
import { beep } from './beep.ts';

/** What somebody who is not looking has to be called for. */
const CALLS = new Set(['incidentReported', 'stageOverdue']);
/** A hundred incidents at once are one sound. */
const QUIET_MS = 3_000;

const TITLE = document.title;

/** A number in the title and a sound for each new or newly overdue incident, until somebody looks. */
export function useAlert(): void {
  useEffect(() => {
    const unseen = new Set<string>();
    let soundedAt = 0;
    const show = (): void => {
      document.title = unseen.size > 0 ? `(${unseen.size}) ${TITLE}` : TITLE;
    };
    const seen = (): void => {
      if (document.visibilityState !== 'visible') return;
      unseen.clear();
      show();
    };
    const stop = onNotice(({ id, kind }) => {
      if (!CALLS.has(kind)) return;
      unseen.add(id);
      show();
      if (Date.now() - soundedAt < QUIET_MS) return;
      soundedAt = Date.now();
      beep();
    });
    const looks = ['focus', 'pointerdown', 'keydown'] as const;
    for (const look of looks) addEventListener(look, seen);
    document.addEventListener('visibilitychange', seen);
    return () => {
      stop();
      for (const look of looks) removeEventListener(look, seen);
      document.removeEventListener('visibilitychange', seen);
      document.title = TITLE;
    };
  }, []);
}
