import { markdown } from './markdown.ts';
import { LANES } from './open-many.ts';
import type { OpenCosts } from './parts/open.ts';
import { memoryOf, sum } from './processes.ts';
import { percentile } from './statistics.ts';

/** What many open incidents cost, as Markdown. */
export function openTables(costs: OpenCosts): string {
  const { side, words, asked, count, opening } = costs;
  const what = side === 'bare' ? 'bare ladders' : 'incidents';
  const seconds = opening.wallMs / 1000;
  return [
    `### ${count} ${what} open at a time`,
    `${words}. Opened ${LANES} at a time in ${seconds.toFixed(0)} s, ${(count / seconds).toFixed(1)} a second${count < asked ? `; time ran out before ${asked}` : ''}.`,
    processTable(costs),
    fits(costs),
    'All due within one minute:',
    lateTable(costs),
    ...cacheText(costs),
    ...diskText(costs),
  ].join('\n\n');
}

/** The memory and CPU time of each process. */
function processTable({ noneOpen, allOpen, opening, trial, due, count }: OpenCosts): string {
  const names = Object.keys(allOpen.usages);
  const percent = ({ cpuMs, wallMs }: OpenCosts['allOpen'], name: string): number =>
    (100 * cpuMs[name]!) / wallMs;
  const row = (name: string): number[] => [
    noneOpen.usages[name]!.mib,
    allOpen.usages[name]!.mib,
    percent(noneOpen, name),
    percent(allOpen, name),
    trial.cpuMs[name]! / trial.count,
    opening.cpuMs[name]! / count,
    due.cpuMs[name]! / count,
  ];
  const rows = names.map(row);
  const totals = rows[0]!.map((_, column) => sum(rows.map((cells) => cells[column]!)));
  return markdown(
    [
      'process',
      'MiB, none open',
      `MiB, ${count} open`,
      '% of a core at rest, none open',
      `% of a core at rest, ${count} open`,
      'CPU ms, reported and told twice',
      'CPU ms, opened and told once',
      'CPU ms, told again',
    ],
    [...names.map((name, index) => [name, ...cells(rows[index]!)]), ['all', ...cells(totals)]],
  );
}

const cells = (values: number[]): string[] =>
  values.map((value, column) => value.toFixed(column < 2 ? 0 : 1));

const LIMIT_GIB = 24;

function fits({ allOpen, peak }: OpenCosts): string {
  const gib = (mib: number): string => `${(mib / 1024).toFixed(1)} GiB`;
  const verdict = peak / 1024 <= LIMIT_GIB ? 'fits' : 'does not fit';
  return `All together ${gib(memoryOf(allOpen.usages))} at rest and ${gib(peak)} at most: it ${verdict} in ${LIMIT_GIB} GiB.`;
}

function lateTable({ late, setting, fired, throughMs, count }: OpenCosts): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  return markdown(
    [
      'told again',
      'late, p50',
      'p99',
      'max',
      'all told after',
      'a second',
      'of it the task that set the timer, p50',
      'the timer, p50',
    ],
    [
      [
        String(late.length),
        ...[0.5, 0.99, 1].map((share) => seconds(percentile(late, share))),
        seconds(throughMs),
        (count / (throughMs / 1000)).toFixed(1),
        ...[setting, fired].map((part) => seconds(percentile(part, 0.5))),
      ],
    ],
  );
}

function cacheText({ side, cache, count }: OpenCosts): string[] {
  if (side === 'bare' || !cache) return [];
  const { limit, none, open, due } = cache;
  const missed = due.missed - open.missed;
  return [
    `The worker keeps ${limit} workflows at most (\`maxCachedWorkflows\`, from its heap): ${open.kept} were kept at rest, ${open.evicted - none.evicted} evicted while ${count} were opened. While they were due, the histories of ${missed} that were not kept were fetched and replayed.`,
  ];
}

function diskText({ disk, count, trial }: OpenCosts): string[] {
  if (!disk) return [];
  const opened = count + trial.count;
  const kB = (bytes: number): string => (bytes / 1000).toFixed(1);
  const row = (name: string, of: 'register' | 'temporal'): string[] => [
    name,
    kB((disk.open[of] - disk.none[of]) / opened),
    kB((disk.due[of] - disk.open[of]) / count),
  ];
  return [
    'On disk, tables and indexes:',
    markdown(
      ['database', 'kB, opened and told once', 'kB more, told again'],
      [row('register', 'register'), row("Temporal's", 'temporal')],
    ),
  ];
}
