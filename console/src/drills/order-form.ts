import type { Scenario } from './drills.ts';

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
        subject: scenario.report.subjects.map(({ name }) => name).join('、'),
        weakPoint: scenario.weakPoint ?? '',
        duration: scenario.duration,
      }
    : { ...typed, scenario: '' };

/** As the API takes it; the scenario's script and truth come with it. */
export function asOrder(typed: TypedOrder, scenario: Scenario | undefined) {
  const { situation, place, subject, eventType, offices, outside, startsAt, ...rest } = typed;
  const names = subject.split(/[、,，\s]+/).filter((name) => name !== '');
  return {
    ...rest,
    scenario: rest.scenario || null,
    eventType: eventType || null,
    report: {
      ...(scenario?.report ?? {}),
      situation,
      subjects: names.map((name) => ({ name })),
      ...(place ? { place } : {}),
    },
    injects: scenario?.injects ?? [],
    truth: scenario?.truth ?? {},
    offices: Object.entries(offices).map(([office, participants]) => ({ office, participants })),
    startsAt: new Date(`${startsAt}:00+08:00`).toISOString(),
    // An office that was taken out again takes its outside parties with it.
    outside: outside.filter(({ office }) => office in offices),
  };
}
