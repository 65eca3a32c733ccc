import { personById } from '../people/bodies.ts';
import type { Plan } from '../plan/load.ts';
import type { PlanStage } from '../plan/part.ts';
import type { KnownEntry, KnownIncident } from './known-incident.ts';
import { stagesOf } from './known-incident.ts';
import type { ListName } from './names.ts';
import type { DocumentSource } from './source.ts';
import {
  CORRECTION_TYPE,
  dateInWords,
  inChinese,
  OUTCOME_WORDS,
  SAFETY_WORDS,
  timeInWords,
} from './words.ts';

/** One of a list by the names of LISTS; null where it is not known. */
export type Item = Record<string, string | null>;

const numbered = (items: Item[]): Item[] => items.map((item, index) => ({ nr: String(index + 1), ...item }));

/** What blocks may be repeated for. */
export const itemsOf = (source: DocumentSource, list: ListName): Item[] => numbered(LISTED[list](source));

const LISTED: Record<ListName, (source: DocumentSource) => Item[]> = {
  subjects: ({ incident }) => subjects(incident),
  timeline: (source) =>
    source.incident.timeline.flatMap((entry) => {
      const what = inWords(source, entry);
      return what === null ? [] : [{ at: timeInWords(entry.at), what }];
    }),
  reports: ({ incident }) =>
    incident.reports
      .filter(({ report }) => report > 0)
      .map((report) => ({
        ...{ name: reportName(incident, report.report), at: timeInWords(report.reportedAt) },
        text: report.text ?? report.elements.development ?? null,
      })),
  actions: ({ incident, organisation, plan }) =>
    stagesOf(incident)
      .filter(({ action }) => action !== null)
      .map(({ action, owner, dueAt, outcome }) => ({
        ...{ action, owner: nameOfParty(plan, owner) ?? personById(organisation, owner)?.name ?? owner },
        ...{ due: dueAt && dateInWords(dueAt), state: outcome === null ? '整改中' : '已办结' },
      })),
  evidence: (source) =>
    source.incident.timeline.flatMap((entry) => {
      const says = entry.personal?.evidence;
      const what = inWords(source, entry);
      if (!says || what === null) return [];
      return [{ at: timeInWords(entry.at), what, says, hash: `第${entry.seq}条 ${entry.hash.slice(0, 16)}` }];
    }),
};

const subjects = ({ subjects: all, facts }: KnownIncident): Item[] =>
  all.map(({ name, correctionType, decidingAuthority, safety, outcome }) => {
    const alone = all.length === 1; // of one subject the report itself may say it
    return {
      name,
      correctionType: CORRECTION_TYPE[correctionType ?? (alone ? facts.correctionType : null) ?? ''] ?? null,
      decidingAuthority: decidingAuthority ?? (alone ? facts.decidingAuthority : null),
      ...{ safety: SAFETY_WORDS[safety] ?? null, outcome: OUTCOME_WORDS[outcome ?? ''] ?? null },
    };
  });

/** 首报, 续报一, 续报二, 终报, 补报. */
export function reportName({ reports }: Pick<KnownIncident, 'reports'>, nr: number): string {
  const report = reports.find((each) => each.report === nr);
  if (report?.kind === 'finalReport') return '终报';
  if (report?.kind === 'supplementaryReport') return '补报';
  if (report?.kind !== 'followUpReport') return '首报';
  const before = reports.filter((each) => each.kind === 'followUpReport' && each.report <= nr).length;
  return `续报${inChinese(before)}`;
}

/** An entry as a report tells it; null for what is of no interest to it. Accuses nobody. */
function inWords(
  { incident, plan, organisation }: DocumentSource,
  { kind, data }: KnownEntry,
): string | null {
  const who = (id: unknown): string => personById(organisation, String(id))?.name ?? '';
  const stage = stagesOf(incident).find(({ id }) => id === data.stageId);
  switch (kind) {
    case 'incidentReported':
      return '接到报告';
    case 'branchEntered':
      return `转入${String(data.branchName)}（${String(data.clause)}）`;
    case 'stageEnded':
    case 'stageContinued':
      if (!stage || !data.by) return null;
      return `${stage.stageName}：${outcomeName(plan, stage.stage, String(data.outcome))}（${who(data.by)}）`;
    case 'reportRecorded':
      return `报送${reportName(incident, Number(data.report))}（${who(data.by)}）`;
    case 'arrived':
      return `到达现场（${who(data.person)}）`;
    case 'receiptRegistered':
      return `确认收到（${nameOfParty(plan, String(data.party)) ?? '接收单位'}，${who(data.by)}代录）`;
    case 'documentNoted':
      return data.act === 'signed' ? `签发文书${data.number ? `（${String(data.number)}）` : ''}` : null;
    case 'responseEnded':
      return `处置结束（${who(data.proposedBy)}提出，${who(data.by)}批准）`;
    default:
      return null;
  }
}

const nameOfParty = (plan: Plan, party: string): string | null => plan.parties[party]?.name ?? null;

/** What the plan calls an outcome. */
export function outcomeName(plan: Plan, stage: string, outcome: string): string {
  const sets: Record<string, PlanStage>[] = [
    ...[plan.firstResponse, plan.shared],
    ...Object.values(plan.branches).map(({ stages }) => stages),
  ];
  const found = sets.map((stages) => stages[stage]?.outcomes[outcome]?.name).find((name) => name);
  return found ?? { superseded: '转入其他处置分支', closed: '随事件办结' }[outcome] ?? outcome;
}
