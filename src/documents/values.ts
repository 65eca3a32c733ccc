import { bodyFor, personById } from '../people/bodies.ts';
import type { KnownIncident } from './known-incident.ts';
import { stagesOf } from './known-incident.ts';
import { outcomeName, reportName } from './lists.ts';
import type { PaperSource } from './source.ts';
import { CORRECTION_TYPE, timeInWords } from './words.ts';

/** What a template's name stands for; null where nobody knows it yet. `issuer` is the name of whoever issues the document. */
export function valueOf(source: PaperSource, issuer: string, name: string): string | null {
  const [family, ...rest] = name.split('.');
  if (family === 'field') return source.fields[rest[0]!] ?? null;
  if (family === 'party') return partyName(source, rest[0]!);
  if (family === 'phone') return bodyOf(source, rest[0]!)?.callBack ?? null;
  if (family === 'stage') return ofStage(source, rest[0]!, rest[1]!);
  if (family === 'element') return element(source, rest[0]!);
  return PLAIN[name]?.(source, issuer) || null;
}

const time = (instant: string | null): string | null => instant && timeInWords(instant);

const PLAIN: Record<string, (source: PaperSource, issuer: string) => string | null> = {
  'incident.number': ({ incident }) => incident.number,
  'incident.type': ({ incident, plan }) => plan.eventTypes[incident.eventType ?? '']?.name ?? null,
  'incident.branch': ({ incident }) => incident.branchName,
  'incident.clause': ({ incident }) => incident.branches.at(-1)?.clause ?? null,
  'office.name': (source) => partyName(source, 'judicialOffice'),
  'office.phone': (source) => bodyOf(source, 'judicialOffice')?.callBack ?? null,
  'issuer.name': (_source, issuer) => issuer,
  'plan.title': ({ plan }) => plan.title,
  'plan.documentNumber': ({ plan }) => plan.documentNumber,
  'plan.issuer': ({ plan }) => plan.issuer,
  situation: ({ incident }) => incident.facts.situation,
  place: ({ incident }) => incident.facts.place,
  measuresTaken: ({ incident }) => incident.facts.measuresTaken,
  source: ({ incident }) => incident.facts.source,
  occurredAt: ({ incident }) => time(incident.facts.occurredAt),
  discoveredAt: ({ incident }) => time(incident.facts.discoveredAt),
  receivedAt: ({ incident }) => time(incident.facts.receivedAt),
  'reporter.name': ({ incident }) => incident.facts.reporter.name,
  'reporter.phone': ({ incident }) => incident.facts.reporter.phone,
  correctionType: ({ incident }) => CORRECTION_TYPE[incident.facts.correctionType ?? ''] ?? null,
  decidingAuthority: ({ incident }) => incident.facts.decidingAuthority,
  enrolled: ({ incident }) => ({ yes: '在册', no: '不在册' })[incident.facts.enrolled ?? ''] ?? null,
  subjects: ({ incident }) => allNames(incident),
  'subjects.short': ({ incident }) => shortNames(incident),
  'subjects.count': ({ incident }) => String(incident.subjects.length || ''),
  'subjects.many': ({ incident }) => (areMany(incident) ? String(incident.subjects.length) : null),
  'report.name': ({ incident, report }) => reportName(incident, report?.report ?? 0),
  'report.text': ({ report }) => report?.text ?? null,
  responseEndedAt: ({ incident }) => time(incident.responseEndedAt),
  'drafter.name': ({ organisation, drafter }) => personById(organisation, drafter)?.name ?? null,
  'drafter.post': ({ organisation, drafter }) => personById(organisation, drafter)?.post ?? null,
  asOf: ({ asOf }) => timeInWords(asOf),
  'old.number': ({ old }) => old && (old.number ?? '未编号'),
  'old.title': ({ old }) => old?.title.replaceAll('\n', '') ?? null,
  'old.date': ({ old }) => old?.date ?? null,
};

const names = ({ subjects }: KnownIncident): string[] => subjects.flatMap(({ name }) => (name ? [name] : []));

/** More than so many stand in a list that is attached, not in the text. */
const MANY = 10;
const areMany = ({ subjects }: KnownIncident): boolean => subjects.length > MANY;

const allNames = (incident: KnownIncident): string =>
  areMany(incident) ? `${shortNames(incident) ?? ''}（名单附后）` : names(incident).join('、');

function shortNames(incident: KnownIncident): string | null {
  const [first] = names(incident);
  const count = incident.subjects.length;
  if (!first) return null;
  return count > 1 ? `${first}等${count}人` : first;
}

const bodyOf = ({ organisation, incident }: PaperSource, party: string) =>
  bodyFor(organisation, party, incident.office);

function partyName(source: PaperSource, party: string): string | null {
  const body = bodyOf(source, party);
  return body ? (source.bodies[body.id]?.name ?? body.name) : null;
}

/** Of the stage as it was opened last; one that goes on has what was recorded of it last. */
function ofStage({ incident, plan }: PaperSource, name: string, what: string): string | null {
  const ids = stagesOf(incident).flatMap(({ id, stage }) => (stage === name ? [id] : []));
  const entry = incident.timeline.findLast(
    ({ kind, data }) =>
      (kind === 'stageEnded' || kind === 'stageContinued') && ids.includes(String(data.stageId)) && !!data.by,
  );
  if (!entry) return null;
  if (what === 'at') return timeInWords(entry.at);
  if (what === 'evidence') return entry.personal?.evidence ?? null;
  return outcomeName(plan, name, String(entry.data.outcome));
}

/** The six elements: as this report has them or one before it, else as the facts do. */
function element(source: PaperSource, name: string): string | null {
  const { incident, report } = source;
  const upTo = incident.reports.filter((each) => report !== null && each.report <= report.report);
  const told = upTo.findLast(({ elements }) => elements[name])?.elements[name];
  const fact: Record<string, string | null> = {
    kind: PLAIN['incident.type']!(source, '') ?? incident.branchName,
    time: time(incident.facts.occurredAt),
    place: incident.facts.place,
    persons: allNames(incident),
    development: incident.facts.situation,
    measures: incident.facts.measuresTaken,
  };
  return told ?? fact[name] ?? null;
}
