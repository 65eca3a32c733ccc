import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { IncidentId } from '../incident/ids.ts';

/**
 * What a change is about. `reads`: somebody read in clear what is otherwise sealed, and nothing was changed; `operations`: what
 * an administrator did to a running incident's work; `erasures`: what was lawfully erased of an incident, on whose word; `drills`:
 * orders of drills, and what became of them.
 */
export const CHANGE_AREAS = [
  'plan',
  'people',
  'roster',
  'channels',
  'rights',
  'keys',
  'reads',
  'operations',
  'erasures',
  'drills',
] as const;

export type ChangeArea = (typeof CHANGE_AREAS)[number];

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** What an entry of the change record says. */
export interface Change {
  /** Who: a person, an API key's id, or a file with the hash of what it said. Never a secret. */
  by: string;
  /** Through what: an API key's id, an account, `start` or `cli`. */
  via: string;
  area: ChangeArea;
  /** Which thing: `person zhao`, `limit branches.violentAct.policeCall.within`. */
  subject: string;
  /** Only what changed of it; null: it was not there. */
  from: Json;
  /** Only what changed of it; null: it is no longer there. */
  to: Json;
  /** Personal values by `from.<field>` and `to.<field>`: sealed, and digested in the chain. */
  personal?: Record<string, string>;
}

/** Sealed values of the change record belong to this incident, which is none. */
export const CHANGE_RECORD = '00000000-0000-0000-0000-000000000000' as IncidentId;

/** What of an entry is hashed: personal values by their digests only. */
export type ChainedChange = Required<Change> & { seq: number; at: string };

/** An entry's hash, hex SHA-256 over the hash of the one before and RFC 8785 canonical JSON. */
export function changeHash(prev: string, entry: ChainedChange): string {
  const { seq, at, by, via, area, subject, from, to, personal } = entry;
  const text = canonicalJson({ seq, at, by, via, area, subject, from, to, personal });
  return createHash('sha256').update(`fenghuo-change-v1\n${prev}\n${text}`).digest('hex');
}
