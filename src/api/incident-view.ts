import type { IncidentDetail } from '../store/incidents.ts';
import type { IncidentDetailBody } from './schemas.ts';

/** Personal values of one incident by entry and name; null once erased. */
export type PersonalOf = (seq: number, name: string) => string | null;

/** An incident as the API shows it: the register's rows, with the identities that were opened for this reader. */
export function viewOf(
  detail: IncidentDetail,
  personal: Map<number, Record<string, string | null>>,
): IncidentDetailBody {
  const { incident, branches, timeline } = detail;
  const reported = personal.get(1) ?? {};
  const fact = (name: string): string | null => reported[name] ?? null;
  return {
    ...incident,
    facts: {
      situation: fact('situation'),
      place: fact('place'),
      measuresTaken: fact('measuresTaken'),
      source: fact('source'),
      reporter: { name: fact('reporter.name'), phone: fact('reporter.phone') },
      occurredAt: incident.occurredAt,
      discoveredAt: incident.discoveredAt,
      receivedAt: incident.receivedAt,
      missing: incident.missing,
      marks: incident.marks,
    },
    subjects: Array.from({ length: subjectsIn(timeline) }, (_, index) => ({
      name: fact(`subject.${index + 1}.name`),
      file: fact(`subject.${index + 1}.file`),
      phone: fact(`subject.${index + 1}.phone`),
    })),
    branches,
    reports: [{ kind: 'firstReport', reportedAt: incident.receivedAt, missing: incident.missing }],
    timeline: timeline.map(({ seq, at, kind, data, hash }) => {
      const own = personal.get(seq);
      return { seq, at, kind, data, ...(own ? { personal: own } : {}), hash };
    }),
  };
}

const subjectsIn = (timeline: IncidentDetail['timeline']): number =>
  Number(timeline.find(({ kind }) => kind === 'incidentReported')?.data.subjects ?? 0);
