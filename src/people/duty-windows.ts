import { type Instant, toMs } from '../incident/instant.ts';
import type { Window } from './guard-finding.ts';
import type { DutySpan } from './roster.ts';
import type { Body, Person } from './schema.ts';

/** A body, and who is on duty for it when. */
export interface BodySpans {
  body: Body;
  spans: DutySpan[];
}

/** Everybody who is on duty at some time of these spans. */
export const peopleOnDuty = ({ spans }: BodySpans): Person[] => [
  ...new Set(spans.flatMap(({ onDuty }) => onDuty.map(({ person }) => person))),
];

/** When a person is on duty for one body, in order. */
export const dutyOf = ({ spans }: BodySpans, person: Person): Window[] =>
  merged(spans.filter(({ onDuty }) => onDuty.some((one) => one.person.id === person.id)));

/** The times that both have. */
export const shared = (some: Window[], others: Window[]): Window[] =>
  some.flatMap((a) =>
    others
      .map((b) => ({ from: later(a.from, b.from), to: earlier(a.to, b.to) }))
      .filter(({ from, to }) => toMs(from) < toMs(to)),
  );

export const later = (a: Instant, b: Instant): Instant => (toMs(a) > toMs(b) ? a : b);
export const earlier = (a: Instant, b: Instant): Instant => (toMs(a) < toMs(b) ? a : b);

/** Times that meet become one. They come in order. */
export const merged = (windows: Window[]): Window[] =>
  windows.reduce<Window[]>((before, { from, to }) => {
    const last = before.at(-1);
    return last?.to === from ? [...before.slice(0, -1), { from: last.from, to }] : [...before, { from, to }];
  }, []);
