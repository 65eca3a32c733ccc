import type { IncidentDetailBody } from '../api/schemas.ts';

type Stage = IncidentDetailBody['firstResponse'][number];
type Subject = IncidentDetailBody['subjects'][number];

const CHINA_HOURS = 8;

/** An instant on China's clock, as `2026-03-07 02:13`; `-` where there is none. China has no summer time. */
export const clock = (instant: string | null): string =>
  instant === null
    ? '-'
    : new Date(Date.parse(instant) + CHINA_HOURS * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** An incident as lines for a terminal: facts, subjects, and each branch with its stages by the id that `outcome` takes. */
export function incidentLines(incident: IncidentDetailBody): string[] {
  const { number, id, drill, status, closedAs, office, eventType, facts, subjects } = incident;
  return [
    `${number ?? '-'}${drill ? ' 【演练】' : ''}  ${status}${closedAs ? ` (${closedAs})` : ''}  ${office}  ${eventType ?? '-'}`,
    `id ${id}`,
    ...['situation', 'place', 'measuresTaken', 'source'].flatMap((name) => told(name, facts)),
    `received ${clock(facts.receivedAt)}  discovered ${clock(facts.discoveredAt)}  occurred ${clock(facts.occurredAt)}`,
    ...(facts.missing.length > 0 ? [`missing: ${facts.missing.join(', ')}`] : []),
    ...(facts.marks.length > 0 ? [`marks: ${facts.marks.join(', ')}`] : []),
    ...subjects.map(subjectLine),
    '先期处置（四）',
    ...incident.firstResponse.map(stageLine),
    ...incident.branches.flatMap(({ name, clause, stages }) => [
      `${name}（${clause}）`,
      ...stages.map(stageLine),
    ]),
    ...incident.subCases.map((sub) => `sub-case ${sub.id}  ${sub.branch}  ${sub.endedAs ?? 'open'}`),
  ];
}

function told(name: string, facts: Record<string, unknown>): string[] {
  const value = facts[name];
  return typeof value === 'string' ? [`${name}: ${value}`] : [];
}

const subjectLine = ({ subject, name, file, safety, outcome }: Subject): string =>
  [`subject ${subject}`, name ?? '-', file ?? '-', safety, ...(outcome ? [outcome] : [])].join('  ');

function stageLine(stage: Stage): string {
  const { id, stageName, owner, outcome, resolvedBy, dueAt, overdueAt, automatic } = stage;
  const state = outcome
    ? `${outcome}${resolvedBy ? ` by ${resolvedBy}` : ''}`
    : `OPEN${dueAt ? ` due ${clock(dueAt)}` : ''}${overdueAt ? ' 超期' : ''}`;
  return `  ${id}  ${stageName}  ${owner}  ${state}${automatic ? '  自动催报·未经人工确认' : ''}`;
}
