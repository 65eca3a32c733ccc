import { parseArgs } from 'node:util';

export interface Options {
  /** Ladders of each side that start at `rate`. */
  n: number;
  /** Starts a second. */
  rate: number;
  /** Ladders of one burst. */
  burst: number;
  /** How often the sides take turns. */
  pairs: number;
  /** Bursts of each side. */
  bursts: number;
  warmUps: number;
  /** A folder for CPU profiles of both sides. */
  profile: string | undefined;
}

const FULL = { n: 500, rate: 5, burst: 300, pairs: 5, bursts: 3 };
const QUICK = { n: 50, rate: 5, burst: 50, pairs: 1, bursts: 1 };

export const USAGE = `npm run bench -- [options]

A bare Temporal ladder (start, one mail, a wait, one mail) beside the same two messages of an incident.

  --n <count>       ladders of each side started at the rate, in all   (${FULL.n})
  --rate <count>    starts a second                                    (${FULL.rate})
  --pairs <count>   turns the sides take at the rate                   (${FULL.pairs})
  --burst <count>   ladders started at once                            (${FULL.burst})
  --bursts <count>  bursts of each side                                (${FULL.bursts})
  --quick           for trying: --n ${QUICK.n} --pairs ${QUICK.pairs} --burst ${QUICK.burst} --bursts ${QUICK.bursts}
  --profile <dir>   write a CPU profile of each side there
  --help`;

/** Reads the command line; null when only help is asked for. Throws `Error` naming a bad option. */
export function readOptions(args: string[]): Options | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ n: text, rate: text, burst: text, pairs: text, bursts: text, profile: text },
      ...{ quick: flag, help: flag },
    },
  });
  if (values.help) return null;
  const defaults = values.quick ? QUICK : FULL;
  const count = (name: keyof typeof defaults): number => {
    const given = values[name];
    const number = given === undefined ? defaults[name] : Number(given);
    if (!Number.isInteger(number) || number < 1) throw new Error(`--${name}: a whole number from 1`);
    return number;
  };
  const options: Options = {
    n: count('n'),
    rate: count('rate'),
    burst: count('burst'),
    pairs: count('pairs'),
    bursts: count('bursts'),
    warmUps: 20,
    profile: values.profile,
  };
  if (options.n < options.pairs) throw new Error('--n: at least one ladder for each of --pairs');
  return options;
}
