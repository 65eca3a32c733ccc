import { instantOf, localOf } from '../look/time.ts';
import type { Drill, Scenario } from './drills.ts';

/** An order as it is typed. */
export interface TypedOrder {
  scenario: string;
  title: string;
  eventType: string;
  situation: string;
  place: string;
  subject: string;
  keyPeriod: string;
  weakPoint: string;
  riskPoint: string;
  startsAt: string;
  duration: string;
  pace: number;
  director: string;
  /** By office, who takes part there. */
  offices: Record<string, string[]>;
  /** Whom the order tells from outside, at which of its offices. */
  outside: OutsideParty[];
}

export interface OutsideParty {
  office: string;
  party: string;
}

export const newOrder = (director: string): TypedOrder => ({
  scenario: '',
  title: '',
  eventType: '',
  situation: '',
  place: '',
  subject: '',
  keyPeriod: '',
  weakPoint: '',
  riskPoint: '',
  startsAt: '',
  duration: 'PT4H',
  pace: 1,
  director,
  offices: {},
  outside: [],
});

/** What a kept scenario fills in; what was typed of time, place and people stays. */
export const fromScenario = (typed: TypedOrder, scenario: Scenario | undefined): TypedOrder =>
  scenario
    ? {
        ...typed,
        scenario: scenario.key,
        title: scenario.title,
        eventType: scenario.eventType ?? '',
        situation: scenario.report.situation,
        place: scenario.report.place ?? '',
        subject: namesOf(scenario.report),
        weakPoint: scenario.weakPoint ?? '',
        duration: scenario.duration,
      }
    : { ...typed, scenario: '' };

/** What an order has beside what is typed: of its scenario, or of the draft that is changed; a draft's instant, too. */
export type Behind = Pick<Scenario, 'report' | 'injects' | 'truth'> & { startsAt?: string };

const namesOf = ({ subjects }: { subjects: { name: string }[] }): string =>
  subjects.map(({ name }) => name).join('、');

/** An order that can be changed, by whoever may read its script. */
export type Draft = Drill & { script: NonNullable<Drill['script']> };

export const mayBeChanged = (drill: Drill): drill is Draft =>
  drill.status === 'draft' && drill.script !== null;

export function fromDraft(draft: Draft): { typed: TypedOrder; behind: Behind } {
  const { report, script, offices, outside, startsAt, scenario, eventType } = draft;
  const { title, keyPeriod, weakPoint, riskPoint, duration, pace, director } = draft;
  return {
    behind: {
      startsAt,
      report,
      truth: script.truth,
      injects: script.scenes.map(({ after, kind, text, stage, outcome }) => ({
        after,
        kind,
        text,
        ...(stage ? { stage } : {}),
        ...(outcome ? { outcome } : {}),
      })),
    },
    typed: {
      title,
      keyPeriod,
      weakPoint,
      riskPoint,
      duration,
      pace,
      director,
      scenario: scenario ?? '',
      eventType: eventType ?? '',
      situation: report.situation,
      place: report.place ?? '',
      subject: namesOf(report),
      startsAt: localOf(startsAt),
      offices: Object.fromEntries(
        offices.map(({ office, participants }) => [office, participants.map(({ id }) => id)]),
      ),
      outside: outside.map(({ office, party }) => ({ office, party })),
    },
  };
}

/** As the API takes it; script and truth come with it, and what is known of a subject whose name stands. */
export function asOrder(typed: TypedOrder, behind: Behind | undefined) {
  const { situation, place, subject, eventType, offices, outside, startsAt, ...rest } = typed;
  const { place: _, subjects = [], ...report } = behind?.report ?? {};
  const names = subject.split(/[、,，\s]+/).filter((name) => name !== '');
  const named = names.map((name) => subjects.find((known) => known.name === name) ?? { name });
  return {
    ...rest,
    scenario: rest.scenario || null,
    eventType: eventType || null,
    report: {
      ...report,
      situation,
      subjects: subject === namesOf({ subjects }) ? subjects : named, // names may hold what divides them
      ...(place ? { place } : {}),
    },
    injects: behind?.injects ?? [],
    truth: behind?.truth ?? {},
    offices: Object.entries(offices).map(([office, participants]) => ({ office, participants })),
    startsAt:
      behind?.startsAt && localOf(behind.startsAt) === startsAt ? behind.startsAt : instantOf(startsAt)!,
    // An office that was taken out again takes its outside parties with it.
    outside: outside.filter(({ office }) => office in offices),
  };
}
