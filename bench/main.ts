import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { newApiKey } from '../src/api/auth.ts';
import { generateKey, parseKeyring } from '../src/crypto/keyring.ts';
import { loadPlan } from '../src/plan/load.ts';
import { createClient } from '../src/temporal/connect.ts';
import { createDataConverter } from '../src/temporal/data-converter.ts';
import { startEmbeddedTemporal } from '../src/temporal/embedded.ts';
import { provideTemporal } from '../src/temporal/provide.ts';
import { toldToStop } from '../src/until-told.ts';
import { createArrivals } from './arrivals.ts';
import type { BareSetUp } from './bare/worker.ts';
import type { FenghuoReady, FenghuoSetUp } from './fenghuo.ts';
import { figures, firstMailSteps, type Results } from './figures.ts';
import { readHistory } from './histories.ts';
import { atRate, burst, type Ground, type Ladder } from './measure.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { startPart } from './part.ts';
import { bareSide, fenghuoSide, type Side } from './sides.ts';
import type { Arrival, SinkReady } from './sink.ts';
import { table } from './table.ts';

const say = (line: string): void => console.log(line);

const NAMESPACE = 'default';
const BARE_TASK_QUEUE = 'bench-bare';
const MAIL_DOMAIN = 'example.invalid';
const MAIL_FROM = `fenghuo@${MAIL_DOMAIN}`;
const PLAN = fileURLToPath(new URL('./plan.yaml', import.meta.url));

/** The two sides on common ground, and how to leave it. */
interface Bench {
  ground: Ground;
  bare: Side;
  fenghuo: Side;
  client: Client;
  /** How many reports were not confirmed at the first try and sent again. */
  sentAgain: () => number;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return say(USAGE);
  const stopped = toldToStop();
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'));
  // Undone in the opposite order, however the run ends.
  const opened: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const laid = layOut(options, folder, opened);
  try {
    const work = laid.then((bench) => run(options, bench));
    work.catch(() => undefined); // it may fail late, after the run was broken off
    await Promise.race([work, stopped.then((signal) => say(`broken off by ${signal}`))]);
  } finally {
    await laid.catch(() => undefined); // what it is about to open has to be closed, too
    for (const close of opened.reverse()) await close();
  }
}

/** One server and one mail sink for both sides, and each side in a process of its own. */
async function layOut(options: Options, folder: string, opened: (() => Promise<unknown>)[]): Promise<Bench> {
  const cli = await provideTemporal({ log: say });
  say(machine(cli));
  const arrivals = createArrivals();
  const temporal = await startEmbeddedTemporal({ dataDir: folder, cli, namespace: NAMESPACE, log: say });
  opened.push(temporal.stop);
  const sink = await startPart<object, SinkReady, Arrival>(
    './sink.ts',
    {},
    { onSeen: (arrival) => arrivals.note(arrival) },
  );
  opened.push(sink.close);

  const keys = generateKey();
  const apiKey = newApiKey();
  const common = {
    temporalAddress: temporal.address,
    namespace: NAMESPACE,
    smtpUrl: sink.ready.smtpUrl,
    mailFrom: MAIL_FROM,
    keys,
  };
  const profile = options.profile && resolve(options.profile);
  const bare = await startPart<BareSetUp, null>(
    './bare/worker.ts',
    { ...common, taskQueue: BARE_TASK_QUEUE, logFile: join(folder, 'bare.log') },
    { profile },
  );
  opened.push(bare.close);
  const fenghuo = await startPart<FenghuoSetUp, FenghuoReady>(
    './fenghuo.ts',
    {
      ...common,
      apiKey,
      planFile: PLAN,
      dataDir: join(folder, 'data'),
      logFile: join(folder, 'fenghuo.log'),
    },
    { profile },
  );
  opened.push(fenghuo.close);

  const address = { address: temporal.address, namespace: NAMESPACE };
  const client = await createClient(address, createDataConverter(parseKeyring(keys)));
  opened.push(() => client.connection.close());
  const waitMs = waitOfThePlan();
  const { address: apiAddress } = fenghuo.ready;
  let again = 0;
  return {
    ground: { arrivals, client, waitMs },
    client,
    bare: bareSide(client, { taskQueue: BARE_TASK_QUEUE, waitMs, mailDomain: MAIL_DOMAIN }),
    fenghuo: fenghuoSide({ address: apiAddress, apiKey, mailDomain: MAIL_DOMAIN }, () => (again += 1)),
    sentAgain: () => again,
  };
}

/** Both sides wait as long as the bench's plan has its one party wait. */
function waitOfThePlan(): number {
  const wait = loadPlan(PLAN).branches.triage?.stages.chooseBranch?.tells[0]?.receiptWithin;
  if (!wait) throw new Error(`${PLAN} sets no receiptWithin`);
  return wait.ms;
}

const machine = (cli: string): string =>
  [
    `${availableParallelism()} cores`,
    `node ${process.version}`,
    execFileSync(cli, ['--version'], { encoding: 'utf8' }).trim(),
    'register PGlite',
  ].join(', ');

async function run(options: Options, bench: Bench): Promise<void> {
  const { ground, bare, fenghuo, client } = bench;
  const { rate, warmUps, pairs } = options;
  say(`warming up: ${warmUps} of each`);
  for (const side of [bare, fenghuo]) await atRate(ground, side, { count: warmUps, rate });

  const turns: Record<Side['name'], Ladder[][]> = { bare: [], Fenghuo: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    const count = shareOf(options.n, pairs, pair);
    for (const side of [bare, fenghuo]) {
      turns[side.name].push(await atRate(ground, side, { count, rate }));
      say(
        `${rate} a second, pair ${pair + 1} of ${pairs}: ${side.name}, ${count} done, ${bench.sentAgain()} sent again so far`,
      );
    }
  }

  const bursts: Record<Side['name'], number[]> = { bare: [], Fenghuo: [] };
  for (let pair = 0; pair < options.bursts; pair += 1) {
    for (const side of [bare, fenghuo]) {
      const wall = await burst(ground, side, options.burst);
      bursts[side.name].push(wall);
      say(
        `${options.burst} at once, pair ${pair + 1} of ${options.bursts}: ${side.name}, ${wall} ms, ${bench.sentAgain()} sent again so far`,
      );
    }
  }

  const results = async ({ name }: Side): Promise<Results> => ({
    turns: await Promise.all(turns[name].map((ladders) => withHistories(client, ladders))),
    bursts: bursts[name],
  });
  say('');
  const [ofBare, ofFenghuo] = [await results(bare), await results(fenghuo)];
  say(table(figures(ofBare, ofFenghuo, options.burst)));
  say('\nWhere the time to the first mail goes, medians:\n');
  say(table(firstMailSteps(ofBare, ofFenghuo)));
  say(
    `\nMails that came twice: ${ground.arrivals.doubles()}. Reports sent again after a 503: ${bench.sentAgain()}.`,
  );
}

/** The `index`-th of `parts` nearly equal shares of `whole`. */
const shareOf = (whole: number, parts: number, index: number): number =>
  Math.floor((whole * (index + 1)) / parts) - Math.floor((whole * index) / parts);

/** One after the other: the server may be at work for those still open. */
async function withHistories(client: Client, ladders: Ladder[]): Promise<Results['turns'][number]> {
  const told: Results['turns'][number] = [];
  for (const ladder of ladders) told.push({ ...ladder, ...(await readHistory(client, ladder.workflowId)) });
  return told;
}

await main().catch((error: Error) => {
  console.error(`the bench could not run: ${error.message}`);
  process.exitCode = 1;
});
process.exit();
