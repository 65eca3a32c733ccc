import { localTime } from '../people/watch.ts';
import type { ComparedLine } from './compare.ts';
import type { FoldedLine } from './fold.ts';
import type { SimulatedLine } from './lines.ts';
import { CHANGE, METHOD, SOURCE, WHAT } from './words.ts';

/** A simulation as a table in Markdown, times of day in Asia/Shanghai. */
export const simulationTable = (lines: FoldedLine[]): string[] =>
  table(
    ['时刻', '报告后', '事项', '职责', '条款', '依据', '告知', '方式'],
    lines.map((line) => [
      localTime(line.at).slice(-5),
      afterReport(line),
      `${WHAT[line.what]}${line.automatic && line.what === 'opened' ? '（自动催报·未经人工确认）' : ''}`,
      line.stageName,
      line.clause,
      source(line),
      whom(line),
      methods(line),
    ]),
  );

/** Two simulations beside each other; lines that are the same in both are left out. */
export const comparedTable = (rows: ComparedLine[]): string[] =>
  table(
    ['变化', '原', '新', '事项', '职责', '条款', '告知'],
    rows
      .filter(({ change }) => change !== 'same')
      .map(({ change, before, after }) => {
        const line = (after ?? before)!;
        return [
          CHANGE[change],
          before ? afterReport(before) : '—',
          after ? afterReport(after) : '—',
          WHAT[line.what],
          line.stageName,
          line.clause,
          changedWhom(before, after),
        ];
      }),
  );

function table(head: string[], rows: string[][]): string[] {
  const written = (cells: string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [written(head), written(head.map(() => '---')), ...rows.map(written)];
}

/** `4:00` for four hours after the report. */
const afterReport = ({ minutes }: SimulatedLine): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

const source = ({ source, planText, what, within }: SimulatedLine): string =>
  [
    SOURCE[source],
    ...(planText ? [`“${planText}”`] : []),
    ...(what === 'opened' ? [within ? `时限 ${within}（本局）` : '时限未载明'] : []),
  ].join(' ');

const whom = (line: SimulatedLine): string =>
  line.party === null ? '' : `${line.partyName} ${line.personName ?? '（无人可告）'}`;

const changedWhom = (before: SimulatedLine | null, after: SimulatedLine | null): string => {
  const told = [before, after].flatMap((line) => (line ? [whom(line)] : []));
  return [...new Set(told)].join(' → ');
};

const methods = ({ methods, repeats, everyMinutes, party, result }: FoldedLine): string => {
  if (party === null) return '';
  if (result === 'withheld') return '演练，不告知';
  const again = repeats > 0 ? `；此后每 ${everyMinutes} 分钟一次` : '';
  return `${methods.map((by) => METHOD[by] ?? by).join('→')}${again}`;
};
