import type { Instant } from './instant.ts';
import type { TimelineLine } from './four-times.ts';

/*
 * 他处知悉: that somebody else had known of the event, as a fact of the incident. It stands in the timeline as any fact that was
 * told later; who, when and by what source it is known are sealed with it, and it accuses nobody.
 */

/** Who had known, when, and how we know that. */
export interface KnownElsewhere {
  who: string;
  /** When they had it. */
  at: Instant;
  /** By what source: their register, a call, a signed note. */
  source: string;
}

const NAME = /^knownElsewhere\.(who|at|source)$/;

/** As facts by the names under which they stand in the timeline. */
export const elsewhereFacts = ({ who, at, source }: KnownElsewhere): Record<string, string> => ({
  'knownElsewhere.who': who,
  'knownElsewhere.at': at,
  'knownElsewhere.source': source,
});

export const isOfKnownElsewhere = (fact: string): boolean => NAME.test(fact);

/** What an entry says of it; null for an entry of something else. Values are null where they are sealed from the reader. */
export function knownElsewhereIn({ kind, data, personal }: TimelineLine):
  | ({
      [K in keyof KnownElsewhere]: KnownElsewhere[K] | null;
    } & { by: string })
  | null {
  if (kind !== 'factsAdded' || !(data.names as string[]).includes('knownElsewhere.at')) return null;
  const told = (name: keyof KnownElsewhere): string | null => personal?.[`knownElsewhere.${name}`] ?? null;
  return { who: told('who'), at: told('at'), source: told('source'), by: String(data.by) };
}
