import { layBoth, type BothSides } from '../both-sides.ts';
import { figure } from '../figures.ts';
import { inTurns } from '../in-turns.ts';
import { atRate, burst } from '../measure.ts';
import { markdown } from '../markdown.ts';
import { onGround, type Bench } from '../on-ground.ts';
import { cpuBetween, usageOf } from '../processes.ts';
import { median } from '../statistics.ts';
import { table } from '../table.ts';

/** How long many at once take, of both sides in turns, and what CPU time they take of each process. */
export const measureBursts = (bench: Bench): Promise<void> =>
  onGround(bench, layBoth(bench, bench.options.topology ?? 'dev'), async (laid) => {
    const { options, report } = bench;
    report.progress(`warming up: ${options.warmUps} of each`);
    for (const side of [laid.bare, laid.fenghuo])
      await atRate(laid.ground, side, { count: options.warmUps, rate: 5 });
    for (const size of options.bursts) await measureOf(bench, laid, size);
    await report.finding(laid.troubles());
  });

interface Turn {
  wallMs: number;
  /** Ms of each ladder, by process. */
  cpu: Record<string, number>;
}

async function measureOf({ options, report }: Bench, laid: BothSides, size: number): Promise<void> {
  const { ground, bare, fenghuo, processes } = laid;
  const turns = await inTurns([bare, fenghuo], options.turns, async (side, turn): Promise<Turn> => {
    const before = await usageOf(processes);
    const { lastFirstMs: wallMs } = await burst(ground, side, size);
    const spent = cpuBetween(before, await usageOf(processes));
    report.progress(
      `${size} at once, turn ${turn + 1} of ${options.turns}: ${side.name}, ${wallMs} ms. ${laid.troubles()}`,
    );
    return { wallMs, cpu: Object.fromEntries(Object.entries(spent).map(([name, ms]) => [name, ms / size])) };
  });
  const walls = (side: keyof typeof turns): number[] => turns[side].map(({ wallMs }) => wallMs);
  const name = `burst of ${size}, last first mail`;
  await report.finding(
    [
      `### ${size} at once`,
      `${options.turns} ${options.turns === 1 ? 'turn' : 'turns'} of each side; ${laid.standing.words}.`,
      table([figure({ name, unit: 'ms', aim: 1.5 }, walls('bare'), walls('Fenghuo'))]),
      'CPU time of each ladder, both mails, medians of the turns:',
      markdown(
        ['process', 'bare', 'Fenghuo'],
        processes.map(({ name: process }) => [
          process,
          ...[turns.bare, turns.Fenghuo].map(
            (side) => `${median(side.map(({ cpu }) => cpu[process]!)).toFixed(1)} ms`,
          ),
        ]),
      ),
    ].join('\n\n'),
  );
}
