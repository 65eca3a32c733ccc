import { outcomeName } from '../documents/lists.ts';
import type { Plan } from '../plan/load.ts';
import type { Table } from '../sheets/write-tables.ts';
import type { RegisterLine } from '../store/register-lines.ts';
import type { Names } from './names.ts';
import { shownTime as time } from './period.ts';
import type { RegisterLineBody } from './schemas-register.ts';

export const CLOCKS = { plan: '预案', statutory: '法定', local: '本局' } as const;
const VIA: Record<string, string> = { phone: '电话', paper: '书面', inPerson: '当面' };
const CLOSED_AS: Record<string, string> = {
  responseEnded: '处置结束',
  falseAlarm: '误报',
  merged: '并案',
  drillEnded: '演练结束',
};

const outcomeOf = (plan: Plan, { stage, outcome }: RegisterLine): string | null =>
  stage && outcome ? outcomeName(plan, stage.replace(/_\d+$/, ''), outcome) : null;
const actorOf = ({ owner, office }: RegisterLine, names: Names): string | null =>
  owner && names.body(owner, office);

/** A line as the page shows it. */
export const lineView = (line: RegisterLine, plan: Plan, names: Names): RegisterLineBody => ({
  id: line.id,
  number: line.number,
  drill: line.drill,
  status: line.status,
  clause: line.clause,
  branchName: line.branchName,
  stageName: line.stageName,
  partyName: line.partyName,
  occurredAt: line.occurredAt,
  discoveredAt: line.discoveredAt,
  reportedAt: line.reportedAt,
  receivedAt: line.receivedAt,
  clock: line.source,
  planText: line.planText,
  within: line.within,
  dueAt: line.dueAt,
  resolvedAt: line.resolvedAt,
  outcomeName: outcomeOf(plan, line),
  officeName: names.office(line.office),
  eventTypeName: line.eventType && names.eventType(line.eventType),
  actor: actorOf(line, names),
});

/** What a reader with the right and a reason sees besides, by incident. */
export interface Known {
  situation: string | null;
  place: string | null;
  subjects: string;
  occurredAt: string | null;
  discoveredAt: string | null;
  /** What has to be corrected, or a leader wants done, by stage. */
  actions: Map<string, string | null>;
}

/**
 * The register 台账 as sheets: duties and whom they told with the four times, corrections, and incidents. `known` is null where
 * identities are withheld.
 */
export function registerTables(
  lines: RegisterLine[],
  plan: Plan,
  names: Names,
  known: Map<string, Known> | null,
): Table[] {
  const one = (line: RegisterLine): Known | undefined => known?.get(line.id);
  const incidents = [...new Map(lines.map((line) => [line.id, line])).values()];
  const duties = (stage: string): RegisterLine[] => [
    ...new Map(
      lines
        .filter((line) => line.stage?.startsWith(stage))
        .map((line) => [`${line.id} ${line.stageId}`, line]),
    ).values(),
  ];
  const corrections = duties('correctiveAction');
  const instructions = duties('leaderInstruction');
  const instructedIn = (id: string): string | null => {
    const its = instructions.filter((line) => line.id === id);
    const open = its.filter(({ resolvedAt }) => resolvedAt === null).length;
    return its.length === 0 ? null : `${its.length} 件，未落实 ${open} 件`;
  };
  return [
    {
      name: '台账',
      header: [
        '编号',
        '司法所',
        '事件类型',
        '处置分支',
        '条款',
        '环节',
        '责任单位',
        '报送（通知）对象',
        '发生时间',
        '发现时间',
        '报送时间',
        '对方确认时间',
        '确认方式',
        '职责来源',
        '预案用语',
        '本局时限',
        '应完成时间',
        '完成时间',
        '结果',
        '完成人',
        '自动催报',
      ],
      rows: lines
        .filter(({ stageId }) => stageId !== null)
        .map((line) => [
          line.number,
          names.office(line.office),
          line.eventType && names.eventType(line.eventType),
          line.branchName,
          line.clause,
          line.stageName,
          actorOf(line, names),
          line.partyName,
          time(one(line)?.occurredAt ?? line.occurredAt),
          time(one(line)?.discoveredAt ?? line.discoveredAt),
          time(line.reportedAt),
          time(line.receivedAt),
          line.receivedAt && (VIA[line.receivedVia ?? ''] ?? '链接'),
          line.source && CLOCKS[line.source],
          line.planText,
          line.within ?? '未载明',
          time(line.dueAt),
          time(line.resolvedAt),
          outcomeOf(plan, line),
          line.resolvedBy && names.person(line.resolvedBy),
          line.automatic ? '未经人工确认' : null,
        ]),
    },
    {
      name: '整改',
      header: ['编号', '司法所', '事项', '责任单位', '下达时间', '应完成时间', '销号时间', '结果'],
      rows: corrections.map((line) => [
        line.number,
        names.office(line.office),
        known ? (one(line)?.actions.get(line.stageId ?? '') ?? null) : line.stageName,
        actorOf(line, names),
        time(line.openedAt),
        time(line.dueAt),
        time(line.resolvedAt),
        outcomeOf(plan, line) ?? '未销号',
      ]),
    },
    {
      name: '批示',
      header: ['编号', '司法所', '批示', '落实单位', '登记时间', '应完成时间', '落实时间', '结果'],
      rows: instructions.map((line) => [
        line.number,
        names.office(line.office),
        known ? (one(line)?.actions.get(line.stageId ?? '') ?? null) : line.stageName,
        actorOf(line, names),
        time(line.openedAt),
        time(line.dueAt),
        time(line.resolvedAt),
        outcomeOf(plan, line) ?? '未落实',
      ]),
    },
    {
      name: '事件',
      header: [
        '编号',
        '演练',
        '司法所',
        '事件类型',
        '处置分支',
        '接报时间',
        '状态',
        '批示',
        ...(known ? ['地点', '情况', '对象'] : []),
      ],
      rows: incidents.map((line) => [
        line.number,
        line.drill ? '演练' : null,
        names.office(line.office),
        line.eventType && names.eventType(line.eventType),
        line.branchName,
        time(line.takenAt),
        line.status === 'open' ? '未办结' : `办结（${CLOSED_AS[line.closedAs ?? ''] ?? ''}）`,
        instructedIn(line.id),
        ...(known
          ? [one(line)?.place ?? null, one(line)?.situation ?? null, one(line)?.subjects ?? null]
          : []),
      ]),
    },
  ];
}
