import { REPORT_ELEMENTS, type EntryData } from '../incident/entry.ts';
import { ruleName } from '../incident/escalation.ts';
import { ELEMENT_WORDS } from '../reports/elements.ts';
import { personById } from '../people/bodies.ts';
import type { Plan } from '../plan/load.ts';
import type { PlanStage } from '../plan/part.ts';
import type { Measure } from '../incident/measures.ts';
import type { KnownEntry, KnownIncident, KnownReport, KnownStage } from './known-incident.ts';
import { stagesOf } from './known-incident.ts';
import type { ListName } from './names.ts';
import type { DocumentSource, PaperSource } from './source.ts';
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
export const itemsOf = (source: PaperSource, list: ListName): Item[] => numbered(LISTED[list](source));

const LISTED: Record<ListName, (source: PaperSource) => Item[]> = {
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
        name: reportName(incident, report.report),
        at: timeInWords(report.reportedAt),
        text: report.text ?? report.elements.development ?? null,
      })),
  told: ({ report }) =>
    REPORT_ELEMENTS.flatMap((name) => {
      const value = report?.elements[name];
      return value ? [{ name: ELEMENT_WORDS[name], value }] : [];
    }),
  verifying: (source) => {
    const { verifying, verifyingUntil } = verifyingIn(source.incident, source.report);
    return REPORT_ELEMENTS.filter((name) => verifying.includes(name)).map((name) => ({
      name: ELEMENT_WORDS[name],
      says: saysVerifying(verifyingUntil[name], source.asOf),
    }));
  },
  actions: (source) => measures(source, ['correctiveAction']),
  measures: (source) => measures(source, ['commendation', 'sanction', 'transfer']),
  evidence: (source) =>
    source.incident.timeline.flatMap((entry) => {
      const says = entry.personal?.evidence;
      const what = inWords(source, entry);
      if (!says || what === null) return [];
      return [{ at: timeInWords(entry.at), what, says, hash: `第${entry.seq}条 ${entry.hash.slice(0, 16)}` }];
    }),
};

/** What follows from an investigation, by kind, each with who sees to it, until when, and how far it is. */
const measures = (source: DocumentSource, kinds: readonly Measure[]): Item[] => {
  const { incident, organisation, plan } = source;
  const stages = stagesOf(incident);
  const latest = new Map(stages.map((stage) => [stage.id, stage])); // sent back, it stands there once more
  return [...latest.values()]
    .filter(({ stage }) => kinds.some((kind) => stage.startsWith(`${kind}_`)))
    .map((stage) => ({
      kind: stage.stageName,
      action: stage.action,
      owner: nameOfParty(plan, stage.owner) ?? personById(organisation, stage.owner)?.name ?? stage.owner,
      due: stage.dueAt && dateInWords(stage.dueAt),
      state: stateOf(stage, latest, plan),
    }));
};

/** A correction that was reported done waits for its 销号, where the plan has one. */
function stateOf({ id, stage, outcome }: KnownStage, all: Map<string, KnownStage>, plan: Plan): string {
  const isCorrection = stage.startsWith('correctiveAction_');
  if (outcome === null) return isCorrection ? '整改中' : '办理中';
  if (!isCorrection) return outcomeName(plan, stage, outcome);
  const closing = all.get(id.replace('correctiveAction_', 'correctiveActionClosed_'));
  if (!closing || outcome === 'closed') return '已办结';
  return closing.outcome === 'confirmed' ? '已销号' : '待销号';
}

/** What a report says of what it does not know. */
export function verifyingIn({ timeline }: Pick<KnownIncident, 'timeline'>, report: KnownReport | null) {
  const nr = report?.report ?? 0;
  const entry = timeline.findLast(({ kind, data }) => kind === 'reportRecorded' && data.report === nr);
  const { verifying = [], verifyingUntil = {} } = (entry?.data ?? {}) as Partial<EntryData['reportRecorded']>;
  return { verifying, verifyingUntil };
}

const saysVerifying = (until: string | undefined, asOf: string): string =>
  until ? `正在核实，预计${timeInWords(until)}前报告` : `正在核实（截至${timeInWords(asOf)}）`;

const subjects = ({ subjects: all, facts }: KnownIncident): Item[] =>
  all.map(({ name, correctionType, decidingAuthority, safety, outcome }) => {
    const alone = all.length === 1; // of one subject the report itself may say it
    return {
      name,
      correctionType: CORRECTION_TYPE[correctionType ?? (alone ? facts.correctionType : null) ?? ''] ?? null,
      decidingAuthority: decidingAuthority ?? (alone ? facts.decidingAuthority : null),
      safety: SAFETY_WORDS[safety] ?? null,
      outcome: OUTCOME_WORDS[outcome ?? ''] ?? null,
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
export function inWords(
  { incident, plan, organisation }: Pick<DocumentSource, 'incident' | 'plan' | 'organisation'>,
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
    case 'reportSent':
      return data.signed
        ? `送出${String(data.name)}（${who(data.by)}）`
        : `先行告知${String(data.name)}，未签发（${who(data.by)}）`;
    case 'reportHandedOn':
      return `${String(data.channel) === 'phone' ? '电话报告' : '送达'}${nameOfParty(plan, String(data.party)) ?? ''}（${who(data.by)}）`;
    case 'phoneCalled':
      if (data.report === undefined || !data.answered) return null;
      return `电话报告${nameOfParty(plan, String(data.party)) ?? ''}（${who(data.by)}）`;
    case 'instructionRecorded':
      return `${data.from ? who(data.from) : '领导'}作出批示`;
    case 'arrived':
      return `到达现场（${who(data.person)}）`;
    case 'receiptRegistered':
      return `确认收到（${nameOfParty(plan, String(data.party)) ?? '接收单位'}，${who(data.by)}代录）`;
    case 'documentNoted':
      return data.act === 'signed' ? `签发文书${data.number ? `（${String(data.number)}）` : ''}` : null;
    case 'injectGiven':
      return `情景注入${String(data.inject)}`;
    case 'drillEnded':
      return data.as === 'replaced' ? '演练中止，转入真实处置' : '演练结束';
    case 'responseEnded':
      return `处置结束（${who(data.proposedBy)}提出，${who(data.by)}批准）`;
    default:
      return null;
  }
}

const nameOfParty = (plan: Plan, party: string): string | null => plan.parties[party]?.name ?? null;

/** How a duty ends that nobody ended. */
const ENDED_BY_ITSELF: Record<string, string> = {
  superseded: '转入其他处置分支',
  closed: '随事件办结',
  lapsed: '不再需要',
};

/** What the plan calls an outcome of a stage or of one of its instances. */
export function outcomeName(plan: Plan, stage: string, outcome: string): string {
  const sets: Record<string, PlanStage>[] = [
    plan.firstResponse,
    plan.shared,
    ...Object.values(plan.branches).map(({ stages }) => stages),
  ];
  const found = sets.map((stages) => stages[ruleName(stage)]?.outcomes[outcome]?.name).find((name) => name);
  return found ?? ENDED_BY_ITSELF[outcome] ?? outcome;
}
