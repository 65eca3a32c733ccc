import type { Instant } from '../incident/instant.ts';
import { guardText, type GuardText } from './guard-text.ts';

/** What a roster guard looks for, in the order in which it is told. */
export const GUARD_CODES = [
  'gap',
  'leaderGap',
  'unreachable',
  'doubleBooked',
  'unfilledParty',
  'noMethod',
  'noEmail',
  'malformedEmail',
  'noPhone',
  'malformedPhone',
  'failingContact',
  'unverifiedContact',
  'idleSwap',
  'unknownHolidays',
] as const;

export type GuardCode = (typeof GUARD_CODES)[number];

/** Something to mend before it is needed. It blocks nothing: where nobody is on duty, a body's contacts are told. */
export interface RosterFinding {
  code: GuardCode;
  /** The body's id; null when it is not about one body. */
  body: string | null;
  /** The person's id; null when it is not about one person. */
  person: string | null;
  /** When it matters: UTC instants, `to` not included. */
  from: Instant;
  to: Instant;
  text: GuardText;
}

/** A time that is looked at; `to` is not included. */
export interface Window {
  from: Instant;
  to: Instant;
}

/** A finding with its words; `names` are those that the words of its code take. */
export const finding = (
  found: Partial<RosterFinding> & Pick<RosterFinding, 'code' | 'from' | 'to'>,
  names: Record<string, string>,
): RosterFinding => ({ body: null, person: null, ...found, text: guardText(found, names) });
