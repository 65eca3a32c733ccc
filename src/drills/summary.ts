import type { DrillOrder } from './order.ts';
import type { IncidentScore, StageScore } from './score.ts';

/** What the template of a drill's summary asks for. */
export interface SummaryFields {
  scenario: string;
  participants: string;
  assessment: string;
  improvements: string;
}

const ELEMENTS: Record<string, string> = {
  kind: '种类',
  time: '时间',
  place: '地点',
  persons: '涉及人员',
  development: '事态发展',
  measures: '已采取的措施',
};

/** The summary's fields as the score knows them: counts and what differs from the plan, in plain words. Whoever drafts it edits them. */
export function summaryFields(
  order: DrillOrder,
  { stages, report, people }: IncidentScore,
  nameOf: (person: string) => string,
): SummaryFields {
  const points = [
    ['敏感节点', order.keyPeriod],
    ['针对的薄弱环节', order.weakPoint],
    ['针对的高风险点', order.riskPoint],
  ].flatMap(([name, text]) => (text ? [`${name}：${text}`] : []));
  const took = people.filter(({ acts, confirmed }) => acts + confirmed > 0);
  const differences = stages.flatMap(differencesOf);
  return {
    scenario: [`${order.title}。${order.report.situation}`, ...points].join('\n'),
    participants:
      people
        .map(({ person, confirmed, acts }) => `${nameOf(person)}：确认${confirmed}次，办理${acts}项`)
        .join('\n') + (people.length > 0 ? `\n实际参与${took.length}人` : ''),
    assessment: [countsOf(stages), reportLine(report), ...differences]
      .filter((line) => line !== '')
      .join('\n'),
    improvements:
      differences.length > 0
        ? '针对上述与预案不一致之处，逐项研究改进措施。'
        : '各环节与预案一致，继续保持。',
  };
}

function countsOf(stages: StageScore[]): string {
  const counted = stages.filter(({ evidence }) => evidence !== 'dropped');
  const told = counted.flatMap((stage) => stage.told).filter(({ result }) => result !== 'withheld');
  const asked = told.filter(({ confirmed }) => confirmed !== 'none');
  const count = <T>(list: T[], is: (one: T) => boolean): number => list.filter(is).length;
  return [
    `共开启${counted.length}个环节。应告知${told.length}次，已告知${count(told, ({ result }) => result === 'told')}次；`,
    `应确认${asked.length}次，时限内确认${count(asked, ({ confirmed }) => confirmed === 'within')}次；`,
    `已登记证据${count(counted, ({ evidence }) => evidence !== 'open')}个环节，`,
    `其中时限内${count(counted, ({ evidence }) => evidence === 'within')}个。`,
  ].join('');
}

function reportLine(report: IncidentScore['report']): string {
  if (report.length === 0) return '';
  const said = report.map(({ element, state, without }) => {
    const name = ELEMENTS[element] ?? element;
    if (state === 'matches') return `${name}与情景一致`;
    if (state === 'verifying') return `${name}正在核实`;
    return state === 'notGiven' ? `${name}没有写明` : `${name}缺少“${without.join('”“')}”`;
  });
  return `报告要素：${said.join('，')}。`;
}

/** Where a stage went otherwise than the plan has it. Says what was, and what the plan says; nothing more. */
function differencesOf({ stageName, told, evidence, evidenceMs, limitMs }: StageScore): string[] {
  if (evidence === 'dropped') return [];
  const lines = told.flatMap((line) => {
    if (line.result === 'notDelivered') return [`${stageName}：${line.partyName}未送达。`];
    if (line.confirmed === 'later')
      return [`${stageName}：${line.partyName}${spent(line.confirmMs)}确认，时限${spent(line.limitMs)}。`];
    return line.confirmed === 'open' ? [`${stageName}：${line.partyName}至演练结束没有确认。`] : [];
  });
  if (evidence === 'later') lines.push(`${stageName}：${spent(evidenceMs)}登记证据，时限${spent(limitMs)}。`);
  if (evidence === 'open') lines.push(`${stageName}：至演练结束没有登记证据。`);
  return lines;
}

/** A span of the drill's own time in words. */
export function spent(ms: number | null): string {
  const seconds = Math.round((ms ?? 0) / 1_000);
  if (seconds < 60) return `${seconds}秒`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}分钟`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}小时${rest > 0 ? `${rest}分钟` : ''}`;
}
