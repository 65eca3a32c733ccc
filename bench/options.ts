import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SIZES, type Sizes } from './sizes.ts';

/** What can be measured, in the order in which it is. */
export const PARTS = ['rates', 'bursts', 'branches', 'workers', 'open'] as const;
export type PartName = (typeof PARTS)[number];

/** `dev`: one dev server and PGlite, as `npm start` has them. `production`: PostgreSQL, Temporal's server on it, API and worker apart. */
export type TopologyName = 'dev' | 'production';

export interface Options extends Sizes {
  parts: PartName[];
  /** Null: what each part has by itself. */
  topology: TopologyName | null;
  /** Whether as many bare ladders are opened after the incidents. */
  bare: boolean;
  /** The workers' heap in MiB, which bounds how many workflows they keep; undefined: node's own. */
  heap: number | undefined;
  /** A file that gets the tables. */
  out: string | undefined;
  /** A folder for CPU profiles of both sides. */
  profile: string | undefined;
}

const { full, quick } = SIZES;

export const USAGE = `npm run bench -- [options]

A bare Temporal ladder (start, one mail, a wait, one mail) beside the same two messages of an incident, and what incidents cost.

  --part <names>      ${PARTS.join(', ')}; several with commas (all)
  --topology <name>   dev: one dev server, PGlite, API and worker in one process, as npm start has them (rates, bursts);
                      production: PostgreSQL, Temporal's server on it, API and worker apart (open, workers)
  --out <file>        write the tables there too, as Markdown
  --quick             everything small, for trying: no measure
  --profile <dir>     write CPU profiles of both sides of rates and bursts there
  --help

  rates   latency at some starts a second
  --rates <counts>    starts a second, with commas              (${full.rates.join(',')})
  --n <count>         ladders of each side at every rate        (${Object.entries(full.n)
    .map(([rate, n]) => `${n} at ${rate}/s`)
    .join(', ')})
  --pairs <count>     turns of each side at every rate          (${full.pairs})

  bursts  many at once
  --bursts <counts>   ladders started at once, with commas      (${full.bursts.join(',')})
  --turns <count>     bursts of each size and side              (${full.turns})

  branches  what each branch of the Wushen plan takes until its incident is closed

  workers  one worker process against two, in turns
  --workload <count>  incidents reported at once                (${full.workload})
  --worker-turns <count>                                        (${full.workerTurns})

  open    incidents that are open and at rest, then due within one minute
  --open <count>      (${full.open})
  --rest <seconds>    how long they are watched at rest          (${full.rest})
  --heap <MiB>        the workers' heap, which bounds their cache of workflows
  --bare              as many bare ladders afterwards, for comparison

After open and branches comes what a city, a province and the country need, from these figures.`;

/** Reads the command line; null when only help is asked for. Throws `Error` naming a bad option. */
export function readOptions(args: string[]): Options | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args,
    options: {
      part: text,
      topology: text,
      out: text,
      profile: text,
      heap: text,
      bare: flag,
      rates: text,
      n: text,
      pairs: text,
      bursts: text,
      turns: text,
      open: text,
      rest: text,
      workload: text,
      'worker-turns': text,
      quick: flag,
      help: flag,
    },
  });
  if (values.help) return null;
  const defaults = values.quick ? quick : full;
  const count = (name: string, given: string | undefined, otherwise: number): number =>
    given === undefined ? otherwise : wholeNumber(name, given);
  const counts = (name: string, given: string | undefined, otherwise: number[]): number[] =>
    given?.split(',').map((each) => wholeNumber(name, each)) ?? otherwise;
  const rates = counts('rates', values.rates, defaults.rates);
  const nOf = (rate: number): number =>
    count('n', values.n, defaults.n[rate] ?? Math.max(...Object.values(defaults.n)));
  const options: Options = {
    parts: oneOrMore('part', values.part?.split(',') ?? [...PARTS], PARTS),
    topology: values.topology ? oneOrMore('topology', [values.topology], TOPOLOGIES)[0]! : null,
    rates,
    n: Object.fromEntries(rates.map((rate) => [rate, nOf(rate)])),
    pairs: count('pairs', values.pairs, defaults.pairs),
    bursts: counts('bursts', values.bursts, defaults.bursts),
    turns: count('turns', values.turns, defaults.turns),
    workload: count('workload', values.workload, defaults.workload),
    workerTurns: count('worker-turns', values['worker-turns'], defaults.workerTurns),
    open: count('open', values.open, defaults.open),
    rest: count('rest', values.rest, defaults.rest),
    warmUps: defaults.warmUps,
    heap: values.heap === undefined ? undefined : wholeNumber('heap', values.heap),
    bare: values.bare,
    out: values.out,
    profile: values.profile && resolve(values.profile),
  };
  if (Object.values(options.n).some((n) => n < options.pairs))
    throw new Error('--n: at least one ladder for each of --pairs');
  return options;
}

const TOPOLOGIES = ['dev', 'production'] as const;

function wholeNumber(name: string, given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name}: a whole number from 1`);
  return number;
}

function oneOrMore<Name extends string>(option: string, given: string[], known: readonly Name[]): Name[] {
  const strange = given.filter((name) => !known.includes(name as Name));
  if (strange.length > 0)
    throw new Error(`--${option}: ${strange.join(', ')} is none of ${known.join(', ')}`);
  return known.filter((name) => given.includes(name));
}
