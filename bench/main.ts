import { availableParallelism, totalmem } from 'node:os';
import { toldToStop } from '../src/until-told.ts';
import type { Bench } from './on-ground.ts';
import { readOptions, USAGE, type PartName } from './options.ts';
import { measureBranches, type BranchCosts } from './parts/branches.ts';
import { measureBursts } from './parts/bursts.ts';
import { measureOpen, type OpenCosts } from './parts/open.ts';
import { measureRates } from './parts/rates.ts';
import { measureWorkers } from './parts/workers.ts';
import { createReport } from './report.ts';
import { sizing } from './sizing.ts';

/** What later parts have from earlier ones. */
interface Found {
  branches?: BranchCosts[];
  open?: OpenCosts;
}

const RUN: Record<PartName, (bench: Bench, found: Found) => Promise<void>> = {
  rates: measureRates,
  bursts: measureBursts,
  branches: async (bench, found) => void (found.branches = await measureBranches(bench)),
  workers: measureWorkers,
  open: async (bench, found) => void (found.open = await measureOpen(bench)),
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return console.log(USAGE);
  const report = createReport(options.out);
  const stopped = toldToStop().then((signal) => {
    throw new Error(`broken off by ${signal}`);
  });
  stopped.catch(() => undefined);
  const bench: Bench = { options, report, stopped };
  await report.finding(machine());
  const found: Found = {};
  for (const part of options.parts) {
    report.progress(`— ${part} —`);
    await RUN[part](bench, found);
  }
  if (found.open && found.branches) await report.finding(sizing(found.open, found.branches));
}

const machine = (): string =>
  `Measured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.version}.`;

await main().catch((error: Error) => {
  console.error(`the bench could not run: ${error.message}`);
  process.exitCode = 1;
});
process.exit();
