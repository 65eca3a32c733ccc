import { REPORT_ELEMENTS, type EntryData } from '../incident/entry.ts';
import { knownFacts, marksNow, stillMissing, subjectFact, type KnownFacts } from '../incident/facts.ts';
import type { IncidentDetail } from '../store/incident-detail.ts';
import type { IncidentDetailBody } from './schemas-detail.ts';

type Personal = Map<number, Record<string, string | null>>;
type Timeline = IncidentDetail['timeline'];

/**
 * An incident as the API shows it: the register's rows, with the identities that were opened for this reader. `personal` are the
 * timeline's personal values by entry and name; null once erased.
 */
export function viewOf(detail: IncidentDetail, personal: Personal): IncidentDetailBody {
  const { incident, timeline } = detail;
  const known = knownFacts(personal);
  const actions = actionsIn(timeline, personal);
  const withAction = (stages: IncidentDetail['firstResponse']) =>
    stages.map((stage) => ({ ...stage, action: actions.get(stage.id) ?? null }));
  return {
    ...incident,
    facts: factsOf(detail, known),
    subjects: subjectsOf(detail, known),
    firstResponse: withAction(detail.firstResponse),
    branches: detail.branches.map((branch) => ({ ...branch, stages: withAction(branch.stages) })),
    reports: [
      {
        report: 0,
        kind: 'firstReport',
        reportedAt: incident.receivedAt,
        by: null,
        missing: incident.missing,
        ...writtenDown(timeline, personal),
      },
      ...laterReports(detail, personal),
    ],
    subCases: detail.subCases.map(({ subCase, ...row }) => ({ id: subCase, ...row })),
    absorbed: absorbedIn(timeline),
    timeline: timeline.map(({ seq, at, kind, data, hash }) => {
      const own = personal.get(seq);
      return { seq, at, kind, data, ...(own ? { personal: own } : {}), hash };
    }),
  };
}

function factsOf({ incident, timeline }: IncidentDetail, known: KnownFacts): IncidentDetailBody['facts'] {
  const fact = (name: string): string | null => known.get(name)?.value ?? null;
  const times = {
    occurredAt: fact('occurredAt') ?? incident.occurredAt,
    discoveredAt: fact('discoveredAt') ?? incident.discoveredAt,
  };
  return {
    situation: fact('situation'),
    place: fact('place'),
    measuresTaken: fact('measuresTaken'),
    source: fact('source'),
    reporter: { name: fact('reporter.name'), phone: fact('reporter.phone') },
    onBehalf: onBehalfIn(timeline),
    correctionType: fact('correctionType'),
    decidingAuthority: fact('decidingAuthority'),
    minor: fact('minor'),
    enrolled: fact('enrolled'),
    ...times,
    receivedAt: incident.receivedAt,
    learnt: learntLater(timeline, known),
    missing: stillMissing(incident.missing, known, incident.subjects),
    marks: marksNow(incident.marks, times, incident.receivedAt),
  };
}

const onBehalfIn = (timeline: Timeline): IncidentDetailBody['facts']['onBehalf'] =>
  (timeline[0]?.data as Partial<EntryData['incidentReported']> | undefined)?.onBehalf ?? null;

/** Of each fact that is known by another entry than the report: when it was told, and by whom. */
function learntLater(timeline: Timeline, known: KnownFacts): Record<string, { at: string; by: string }> {
  const later = [...known].filter(([, { seq }]) => seq > 1);
  const entries = new Map(timeline.map((entry) => [entry.seq, entry]));
  return Object.fromEntries(
    later.map(([name, { seq }]) => {
      const { at, data } = entries.get(seq)!;
      return [name, { at, by: String(data.by) }];
    }),
  );
}

const subjectsOf = ({ subjects }: IncidentDetail, known: KnownFacts): IncidentDetailBody['subjects'] =>
  subjects.map(({ nr, ...state }) => {
    const fact = (name: string): string | null => known.get(subjectFact(nr, name))?.value ?? null;
    return {
      subject: nr,
      name: fact('name'),
      file: fact('file'),
      phone: fact('phone'),
      correctionType: fact('correctionType'),
      decidingAuthority: fact('decidingAuthority'),
      minor: fact('minor'),
      enrolled: fact('enrolled'),
      ...state,
    };
  });

/** What of the first report was written down since, as it was last. */
function writtenDown(timeline: Timeline, personal: Personal) {
  const entry = timeline.findLast(({ kind, data }) => kind === 'reportRecorded' && data.report === 0);
  const told = (entry && personal.get(entry.seq)) ?? {};
  const elements = entry ? elementsIn(told) : {};
  const verifying = (entry?.data.verifying ?? []) as string[];
  return { verifying, elements, text: told['text'] ?? null };
}

const elementsIn = (told: Record<string, string | null>): Record<string, string | null> =>
  Object.fromEntries(REPORT_ELEMENTS.map((name) => [name, told[`element.${name}`] ?? null]));

function laterReports(
  { reports, timeline }: IncidentDetail,
  personal: Personal,
): IncidentDetailBody['reports'] {
  const seqs = new Map(
    timeline.flatMap(({ seq, kind, data }) => (kind === 'reportRecorded' ? [[data.report, seq]] : [])),
  );
  return reports.map(({ nr, at, ...row }) => {
    const told = personal.get(Number(seqs.get(nr))) ?? {};
    return {
      report: nr,
      reportedAt: at,
      ...row,
      missing: [],
      elements: elementsIn(told),
      text: told['text'] ?? null,
    };
  });
}

/** What has to be corrected, by stage: the words stand with the entry that opened it. */
const actionsIn = (timeline: Timeline, personal: Personal): Map<string, string | null> =>
  new Map(
    timeline.flatMap(({ seq, kind, data }) => {
      const action = kind === 'stageOpened' ? personal.get(seq)?.['action'] : undefined;
      return action === undefined ? [] : [[String(data.stageId), action] as const];
    }),
  );

const absorbedIn = (timeline: Timeline): IncidentDetailBody['absorbed'] =>
  timeline
    .filter(({ kind }) => kind === 'incidentAbsorbed')
    .map(({ at, data: { from, receivedAt, by } }) => ({
      id: String(from),
      receivedAt: String(receivedAt),
      at,
      by: String(by),
    }));
