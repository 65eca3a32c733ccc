import type { Figure } from './figures.ts';
import { markdown } from './markdown.ts';
import { median } from './statistics.ts';

/** The figures as a Markdown table: of one side, of the other, and of both. */
export function table(figures: Figure[], [one, other]: [string, string] = ['bare', 'Fenghuo']): string {
  const pairs = 'ratio by pair: low, median, high';
  const hasAims = figures.some(({ aim }) => aim !== null);
  const head = ['metric', 'unit', one, other, 'ratio', pairs, ...(hasAims ? ['aim'] : [])];
  return markdown(
    head,
    figures.map((figure) => row(figure).slice(0, head.length)),
  );
}

const row = ({ name, unit, one, other, ratio, pairs, aim }: Figure): string[] => [
  name,
  unit,
  short(one),
  short(other),
  times(ratio),
  [Math.min(...pairs), median(pairs), Math.max(...pairs)].map(times).join(', '),
  aim === null ? '' : `≤ ${aim}${ratio <= aim ? '' : ', missed'}`,
];

/** Figures below ten with one place behind the point. */
const short = (value: number): string => value.toFixed(value < 10 && !Number.isInteger(value) ? 1 : 0);

/** A step that took the other side no measurable time has no ratio. */
const times = (ratio: number): string => (Number.isFinite(ratio) ? ratio.toFixed(2) : '–');
