import { layBoth, type BothSides } from '../both-sides.ts';
import { counts, firstMailSteps, lateSteps, latencies, type Turns } from '../figures.ts';
import { withHistories } from '../histories.ts';
import { inTurns, shareOf } from '../in-turns.ts';
import { atRate } from '../measure.ts';
import { onGround, type Bench } from '../on-ground.ts';
import { table } from '../table.ts';

/** How long the two mails take at some starts a second, of both sides in turns. */
export const measureRates = (bench: Bench): Promise<void> =>
  onGround(bench, layBoth(bench, bench.options.topology ?? 'dev'), async (laid) => {
    const { options, report } = bench;
    report.progress(`warming up: ${options.warmUps} of each`);
    for (const side of [laid.bare, laid.fenghuo])
      await atRate(laid.ground, side, { count: options.warmUps, rate: 5 });
    for (const rate of options.rates) await measureAt(bench, laid, rate);
    await report.finding(laid.troubles());
  });

async function measureAt({ options, report }: Bench, laid: BothSides, rate: number): Promise<void> {
  const { ground, bare, fenghuo } = laid;
  const { pairs } = options;
  const n = options.n[rate]!;
  const turns = await inTurns([bare, fenghuo], pairs, async (side, pair) => {
    const count = shareOf(n, pairs, pair);
    const ladders = await atRate(ground, side, { count, rate });
    report.progress(
      `${rate}/s, pair ${pair + 1} of ${pairs}: ${side.name}, ${count} done. ${laid.troubles()}`,
    );
    return ladders;
  });
  const told = async (side: keyof typeof turns): Promise<Turns> => {
    const all: Turns = [];
    for (const ladders of turns[side]) all.push(await withHistories(ground.client, ladders));
    return all;
  };
  const [ofBare, ofFenghuo] = [await told('bare'), await told('Fenghuo')];
  await report.finding(
    [
      `### At ${rate} a second`,
      `${n} of each side in ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of turns; ${laid.standing.words}.`,
      table([...latencies(ofBare, ofFenghuo), ...counts(ofBare, ofFenghuo)]),
      'Where the time to the first mail goes, medians:',
      table(firstMailSteps(ofBare, ofFenghuo)),
      'Where the lateness of the second comes from, medians:',
      table(lateSteps(ofBare, ofFenghuo)),
    ].join('\n\n'),
  );
}
