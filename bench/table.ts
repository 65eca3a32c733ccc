import type { Figure } from './figures.ts';
import { median } from './statistics.ts';

const HEAD = ['metric', 'unit', 'bare', 'Fenghuo', 'ratio', 'ratio by pair: low, median, high', 'aim'];

/** The figures as lines of a Markdown table that also reads well in a terminal. */
export function table(figures: Figure[]): string {
  const rows = [HEAD, ...figures.map(row)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const lines = rows.map((cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`);
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

const row = ({ name, unit, bare, fenghuo, ratio, pairs, aim }: Figure): string[] => [
  name,
  unit,
  bare.toFixed(0),
  fenghuo.toFixed(0),
  times(ratio),
  [Math.min(...pairs), median(pairs), Math.max(...pairs)].map(times).join(', '),
  aim === null ? '' : `≤ ${aim}${ratio <= aim ? '' : ', missed'}`,
];

/** A step that took the other side no measurable time has no ratio. */
const times = (ratio: number): string => (Number.isFinite(ratio) ? ratio.toFixed(2) : '–');
