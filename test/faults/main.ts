import { parseArgs } from 'node:util';
import { runFaults } from './run.ts';

const { values } = parseArgs({
  options: {
    incidents: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    /** How many faults; each kind comes before one comes again. */
    faults: { type: 'string', default: '32' },
    /** Starts a build whose sends forget their keys: the run has to fail. */
    broken: { type: 'boolean', default: false },
    /** Keeps what everything has logged. */
    keep: { type: 'boolean', default: false },
  },
});

const { broken, keep } = values;
const [incidents, seed, faults] = [values.incidents, values.seed, values.faults].map(Number) as [
  number,
  number,
  number,
];
const wrong = await runFaults({ incidents, seed, faults, broken, keep, log: console.log });
process.exit(wrong.length === 0 ? 0 : 1);
