import { layOn } from '../both-sides.ts';
import { figure, type Figure } from '../figures.ts';
import { alternated } from '../in-turns.ts';
import { layProduction, type Production } from '../lay-production.ts';
import { markdown } from '../markdown.ts';
import { atRate, burst } from '../measure.ts';
import { onGround, type Bench } from '../on-ground.ts';
import { cpuBetween, usageOf } from '../processes.ts';
import { median } from '../statistics.ts';
import { table } from '../table.ts';

interface Turn {
  lastFirstMs: number;
  lastSecondMs: number;
  /** Ms of each incident, by process; both workers together. */
  cpu: Record<string, number>;
}

/** One worker process against two, in turns, on the same server and register. */
export const measureWorkers = (bench: Bench): Promise<void> =>
  onGround(
    bench,
    (folder, opened) =>
      layOn(opened, (smtpUrl) =>
        layProduction(
          { folder, smtpUrl, log: bench.report.progress, workers: 2, heap: bench.options.heap },
          opened,
        ),
      ),
    async ({ standing, ground, fenghuo, processes, troubles }) => {
      const { options, report } = bench;
      const { workload, workerTurns, warmUps } = options;
      const turns: Record<1 | 2, Turn[]> = { 1: [], 2: [] };
      for (let turn = 0; turn < workerTurns; turn += 1)
        for (const count of alternated([1, 2] as const, turn)) {
          await haveWorkers(standing, count);
          await atRate(ground, fenghuo, { count: warmUps, rate: 5 });
          const watched = processes.filter(({ name }) => count === 2 || name !== 'worker 2');
          const before = await usageOf(watched);
          const lasted = await burst(ground, fenghuo, workload);
          const cpu = cpuBetween(before, await usageOf(watched));
          turns[count].push({ ...lasted, cpu });
          report.progress(
            `${count} of 2 workers, turn ${turn + 1} of ${workerTurns}: ${lasted.lastFirstMs} ms. ${troubles()}`,
          );
        }
      await report.finding(
        [
          '### One worker process against two',
          `${workload} incidents reported at once, ${workerTurns} ${workerTurns === 1 ? 'turn' : 'turns'} of each; ${standing.words}.`,
          table(figuresOf(turns, workload), ['one worker', 'two workers']),
          'CPU time of each incident, both mails, medians of the turns:',
          cpuTable(turns, workload),
          troubles(),
        ].join('\n\n'),
      );
    },
  );

/** The second of them runs or does not. Its incidents go on at the other. */
async function haveWorkers({ workers }: Production, count: 1 | 2): Promise<void> {
  const second = workers[1]!;
  if (count === 2) await second.start();
  else await second.stop();
}

function figuresOf(turns: Record<1 | 2, Turn[]>, workload: number): Figure[] {
  const compare = (name: string, unit: string, of: (turn: Turn) => number): Figure =>
    figure({ name, unit, aim: null }, turns[1].map(of), turns[2].map(of));
  return [
    compare('last first mail', 'ms', ({ lastFirstMs }) => lastFirstMs),
    compare('incidents told of', 'a second', ({ lastFirstMs }) => (workload * 1000) / lastFirstMs),
    compare('last second mail', 'ms', ({ lastSecondMs }) => lastSecondMs),
  ];
}

function cpuTable(turns: Record<1 | 2, Turn[]>, workload: number): string {
  const names = Object.keys(turns[2][0]!.cpu);
  const cell = (all: Turn[], name: string): string =>
    `${(median(all.map(({ cpu }) => cpu[name] ?? 0)) / workload).toFixed(1)} ms`;
  return markdown(
    ['process', 'one worker', 'two workers'],
    names.map((name) => [name, cell(turns[1], name), cell(turns[2], name)]),
  );
}
