import { REPORT_ELEMENTS } from '../incident/entry.ts';
import { subjectFact } from '../incident/facts.ts';
import type { Instant } from '../incident/instant.ts';

/** The six elements of 四（三）: kind, time, place, persons, development, measures taken. */
export type Element = (typeof REPORT_ELEMENTS)[number];

/**
 * How a report has an element.
 * - `told`: with a value
 * - `unchanged`: as an earlier report told it
 * - `verifying`: 正在核实
 * - `open`: nobody has said either
 */
export type ElementState = 'told' | 'unchanged' | 'verifying' | 'open';

export const ELEMENT_WORDS: Record<Element, string> = {
  kind: '事件类别',
  time: '发生时间',
  place: '发生地点',
  persons: '涉及人员',
  development: '事态发展',
  measures: '已采取的措施',
};

/** A fact of an incident, by name, and the entry that told it last. */
export interface Fact {
  value: string | null;
  seq: number;
}
export type Facts = ReadonlyMap<string, Fact>;

/** Which facts say an element; for persons the names of the subjects that there are. */
const FACTS: Record<Exclude<Element, 'kind' | 'persons'>, string> = {
  time: 'occurredAt',
  place: 'place',
  development: 'situation',
  measures: 'measuresTaken',
};

/** The names of the facts that say elements: what else is told is news of its own. */
export const isElementFact = (name: string): boolean =>
  Object.values(FACTS).includes(name) || /^subject\.\d+\.name$/.test(name);

/** An element as the facts say it; null where they do not. `seq` is the entry that said it last. */
export function fromFacts(
  element: Element,
  facts: Facts,
  { eventType, subjects }: { eventType: string | null; subjects: number },
): Fact | null {
  if (element === 'kind') return eventType === null ? null : { value: eventType, seq: 1 };
  if (element !== 'persons') return facts.get(FACTS[element]) ?? null;
  const named = Array.from({ length: subjects }, (_, index) => facts.get(subjectFact(index + 1, 'name')));
  const known = named.flatMap((fact) => (fact ? [fact] : []));
  if (known.length === 0) return null;
  const value = known.some((fact) => fact.value === null) ? null : known.map((fact) => fact.value).join('、');
  return { value, seq: Math.max(...known.map(({ seq }) => seq)) };
}

/** An element in a report. */
export interface ToldElement {
  state: ElementState;
  /** Null where nobody has said it, and for a reader of no identities. */
  value: string | null;
  /** Since when it has been 正在核实, from report to report. */
  since: Instant | null;
  /** By when it is to be known. */
  until: Instant | null;
}
export type ToldElements = Record<Element, ToldElement>;

/** Each element once. */
export const eachElement = <T>(of: (element: Element) => T): Record<Element, T> =>
  Object.fromEntries(REPORT_ELEMENTS.map((element) => [element, of(element)])) as Record<Element, T>;
