import { createContext, use, useEffect, useState } from 'react';
import type { LimitEdits } from './limits.ts';

/** What one who edits limits has done so far, and what is wrong with it. */
export interface Editing {
  edits: LimitEdits;
  /** `was`: what the edition in force has, so that a limit that is as before is no edit. */
  set(path: string, value: string | null, was: string | null): void;
  /** Where the API has found a mistake. */
  wrong: ReadonlySet<string>;
}

const EditingContext = createContext<Editing | null>(null);
export const EditingProvider = EditingContext.Provider;

/** Null while the plan is only read. */
export const useEditing = (): Editing | null => use(EditingContext);

/** Edits are made upon one edition, and kept on this device until they are proposed or dropped. */
const keyOf = (hash: string): string => `fenghuo.plan.limits.${hash}`;

/** The edits kept on this device upon an edition. */
export function keptEdits(hash: string): LimitEdits {
  try {
    return JSON.parse(localStorage.getItem(keyOf(hash)) ?? '{}') as LimitEdits;
  } catch {
    return {};
  }
}

/** Edits upon an edition; they outlive the page. */
export function useLimitEdits(hash: string) {
  const [edits, setEdits] = useState<LimitEdits>(() => keptEdits(hash));
  useEffect(() => {
    if (Object.keys(edits).length > 0) localStorage.setItem(keyOf(hash), JSON.stringify(edits));
    else localStorage.removeItem(keyOf(hash));
  }, [edits, hash]);
  return {
    edits,
    set: (path: string, value: string | null, was: string | null) =>
      setEdits(({ [path]: _, ...others }) => (value === was ? others : { ...others, [path]: value })),
    clear: () => setEdits({}),
  };
}

/** The value once nobody has changed it for so long. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
