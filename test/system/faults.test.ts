import { expect, jest, test } from '@jest/globals';
import { findPostgres } from '../../deploy/native/find-tools.ts';
import { FAULTS } from '../faults/faults.ts';
import { runFaults } from '../faults/run.ts';

/** The short form of `npm run faults`: every kind once. */
jest.setTimeout(900_000);

const isThere = (await findPostgres()) !== null;
const withPostgres = isThere ? test : test.skip;
const why = isThere ? '' : ' (not here: it takes PostgreSQL)';
const options = { seed: 1, keep: false, log: (line: string) => void process.stdout.write(`${line}\n`) };

withPostgres(
  `everything breaks once while incidents run, and nothing is lost, doubled or forgotten${why}`,
  async () => {
    const once = { ...options, incidents: 24, faults: FAULTS.length, broken: false };
    expect(await runFaults(once)).toEqual([]);
  },
);

withPostgres(`a build whose sends forget their keys is found out${why}`, async () => {
  const kinds = 'Temporal hears of it only after';
  expect(await runFaults({ ...options, incidents: 6, faults: 2, kinds, broken: true })).toEqual([
    'messages seen twice without need',
  ]);
});
