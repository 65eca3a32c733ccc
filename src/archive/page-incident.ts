import type { ReceiptChannel } from '../incident/entry.ts';
import { escapeHtml } from '../receipts/html.ts';
import type { StageDetail } from '../store/incident-detail.ts';
import {
  CHANNELS, CLOSED_AS, REPORTS, RESULTS, SAFETY, SUBJECT_OUTCOME, VIA,
} from './entry-words.ts'; // prettier-ignore
import type { Gathered } from './gather.ts';
import { PLAN } from './layout.ts';
import type { PageNames } from './names.ts';
import { ERASED, facts, link, raw, section, shown, table, time, type Cell } from './page-parts.ts';

export function summary({ detail: { incident, timeline }, madeAt }: Gathered, n: PageNames): string {
  const { plan } = incident;
  return section(
    'summary',
    '概要',
    facts([
      ['事件编号', incident.number],
      ['司法所', n.office(incident.office)],
      ['事件类型', n.eventType(incident.eventType)],
      ['处置分支', incident.branchName],
      ['发生时间', time(incident.occurredAt)],
      ['发现时间', time(incident.discoveredAt)],
      ['接报时间', time(incident.receivedAt)],
      ['处置结束', time(incident.responseEndedAt)],
      ['办结时间', incident.closedAt ? `${time(incident.closedAt)}（${incident.closedAs ? CLOSED_AS[incident.closedAs] : ''}）` : `截至 ${time(madeAt)} 尚未办结`],
      ['适用预案', raw(`${shown(`${n.plan || plan.key} ${plan.edition}`)} ${shown(link(PLAN, '全文'))}<br><span class="hash">SHA-256 ${shown(plan.hash)}</span>`)],
      ['时间线', raw(`${timeline.length} 条，末条校验值<br><span class="hash">${shown(timeline.at(-1)?.hash ?? null)}</span>`)],
    ]),
  ); // prettier-ignore
}

/** The newest value of a name over the timeline; {@link ERASED} where there was one. */
function newest({ personal }: Gathered, name: string): Cell {
  let found: Cell = null;
  for (const values of personal.values()) if (Object.hasOwn(values, name)) found = values[name] ?? ERASED;
  return found;
}

export const subjects = (gathered: Gathered): string =>
  section(
    'subjects',
    '涉及对象',
    table(
      ['序号', '姓名', '档案号', '状况', '结果'],
      gathered.detail.subjects.map(({ nr, safety, outcome }) => [
        String(nr),
        newest(gathered, `subject.${nr}.name`),
        newest(gathered, `subject.${nr}.file`),
        SAFETY[safety] ?? safety,
        outcome && (SUBJECT_OUTCOME[outcome] ?? outcome),
      ]),
      '没有登记对象。',
    ),
  );

const allStages = ({ detail }: Gathered): [string, StageDetail[]][] => [
  ['先期处置', detail.firstResponse],
  ...detail.branches.map(({ entry, name, clause, stages: own }): [string, StageDetail[]] => [
    `${entry}. ${name}（${clause}）`,
    own,
  ]),
];

export const stages = (gathered: Gathered, n: PageNames): string =>
  section(
    'stages',
    '环节',
    ...allStages(gathered)
      .filter(([, own]) => own.length > 0)
      .map(
        ([title, own]) =>
          `<h3>${escapeHtml(title)}</h3>${table(
            ['条款', '环节', '责任方', '启动', '本局时限至', '办结', '结果'],
            own.map((stage) => [
              stage.clause,
              stage.stageName,
              n.party(stage.owner),
              time(stage.openedAt),
              time(stage.dueAt),
              time(stage.resolvedAt),
              stage.outcome && n.outcome(stage.id, stage.outcome),
            ]),
            '',
          )}`,
      ),
  );

export const messages = (gathered: Gathered, n: PageNames): string =>
  section(
    'messages',
    '通知与回执',
    table(
      ['发出', '环节', '接收方', '接收人', '方式', '结果', '确认收到', '到场'],
      allStages(gathered)
        .flatMap(([, own]) => own)
        .flatMap(({ stageName, told }) => told.map((line) => ({ stageName, ...line })))
        .sort((a, b) => a.sentAt.localeCompare(b.sentAt))
        .map((line) => [
          time(line.sentAt),
          line.stageName,
          line.partyName,
          line.person && n.person(line.person),

          CHANNELS[line.channel ?? ''] ?? line.channel,
          line.result && (RESULTS[line.result] ?? line.result),
          line.acknowledgedAt &&
            `${time(line.acknowledgedAt)}${line.acknowledgedVia ? `（代录：${VIA[line.acknowledgedVia as ReceiptChannel]}）` : ''}`,
          time(line.arrivedAt),
        ]),
      '没有发出通知。',
    ),
  );

export function reports(gathered: Gathered, n: PageNames): string {
  const { incident, reports: later } = gathered.detail;
  return section(
    'reports',
    '报告',
    table(
      ['报告', '时间', '报送人', '待核实要素'],
      [
        [
          '首报',
          time(incident.receivedAt),
          null,
          incident.missing.length > 0 ? `${incident.missing.length} 项` : '无',
        ],
        ...later.map(({ kind, at, by, verifying }): Cell[] => [
          REPORTS[kind],
          time(at),
          n.person(by),
          verifying.length > 0 ? `${verifying.length} 项` : '无',
        ]),
      ],
      '',
    ),
    '<p class="soft">各报告的内容见时间线。</p>',
  );
}
