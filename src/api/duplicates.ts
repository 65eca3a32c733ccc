import { knownFacts } from '../incident/facts.ts';
import type { IncidentId } from '../incident/ids.ts';
import { msBetween, type Instant } from '../incident/instant.ts';

/** Two reports of one event come within this time of each other, if they come at all. */
export const DUPLICATE_HOURS = 12;

/** What two reports are compared by. Values are compared in memory and never given out. */
export interface Comparable {
  id: IncidentId;
  number: string | null;
  eventType: string | null;
  receivedAt: Instant;
  personal: Map<number, Record<string, string | null>>;
}

/** Why two incidents may be one event; never who is meant. */
export type DuplicateReason = 'sameEventType' | 'sameSubject' | 'samePlace';

const WEIGHT: Record<DuplicateReason, number> = { sameSubject: 3, samePlace: 2, sameEventType: 1 };

export interface Suggestion {
  id: IncidentId;
  number: string | null;
  receivedAt: Instant;
  score: number;
  reasons: DuplicateReason[];
}

/** Those that may be the same event as `one`, the likeliest first. A person decides (rules of care, 1 and 10). */
export function suggestDuplicates(one: Comparable, others: Comparable[]): Suggestion[] {
  const traits = traitsOf(one);
  const apart = ({ receivedAt }: Pick<Comparable, 'receivedAt'>) =>
    Math.abs(msBetween(one.receivedAt, receivedAt));
  return others
    .map((other) => ({ other, reasons: reasonsFor(traits, traitsOf(other)) }))
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ other: { id, number, receivedAt }, reasons }) => {
      const score = reasons.reduce((sum, reason) => sum + WEIGHT[reason], 0);
      return { id, number, receivedAt, score, reasons };
    })
    .sort((a, b) => b.score - a.score || apart(a) - apart(b));
}

interface Traits {
  eventType: string | null;
  place: string;
  names: Set<string>;
  files: Set<string>;
}

function traitsOf({ eventType, personal }: Comparable): Traits {
  const known = knownFacts(personal);
  const ofSubjects = (name: string): Set<string> => {
    const values = [...known].filter(([fact]) => fact.startsWith('subject.') && fact.endsWith(`.${name}`));
    return new Set(values.map(([, { value }]) => folded(value)).filter(Boolean));
  };
  return {
    eventType,
    place: folded(known.get('place')?.value ?? null),
    names: ofSubjects('name'),
    files: ofSubjects('file'),
  };
}

/** As different people type the same thing: width, case, blanks and punctuation do not count. */
const folded = (text: string | null): string =>
  (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');

function reasonsFor(one: Traits, other: Traits): DuplicateReason[] {
  const share = (a: Set<string>, b: Set<string>): boolean => [...a].some((value) => b.has(value));
  return [
    ...(share(one.names, other.names) || share(one.files, other.files) ? (['sameSubject'] as const) : []),
    ...(isSamePlace(one.place, other.place) ? (['samePlace'] as const) : []),
    ...(one.eventType !== null && one.eventType === other.eventType ? (['sameEventType'] as const) : []),
  ];
}

/** The same, or one more exact than the other: 桥北 and 甲镇桥北. */
const isSamePlace = (a: string, b: string): boolean =>
  a.length > 1 && b.length > 1 && (a.includes(b) || b.includes(a));
