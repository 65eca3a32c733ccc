import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { parseKeyring } from '../src/crypto/keyring.ts';
import { loadPlan } from '../src/plan/load.ts';
import { createClient } from '../src/temporal/connect.ts';
import { createDataConverter } from '../src/temporal/data-converter.ts';
import { createArrivals } from './arrivals.ts';
import type { BareSetUp } from './bare/worker.ts';
import { layDev } from './lay-dev.ts';
import { layProduction } from './lay-production.ts';
import type { Ground } from './measure.ts';
import type { Bench, Opened } from './on-ground.ts';
import type { TopologyName } from './options.ts';
import { startPart } from './part.ts';
import { NOT_OURS, type Watched } from './processes.ts';
import { bareSide, BARE_TASK_QUEUE, fenghuoSide, type Side } from './sides.ts';
import type { Arrival, SinkReady } from './sink.ts';
import { MAIL_DOMAIN, MAIL_FROM, PLAN, type Standing } from './standing.ts';

/** Fenghuo on its ground: a server, a mail sink, and what is watched of it. */
export interface OneSide<Kind extends Standing = Standing> {
  standing: Kind;
  ground: Ground;
  fenghuo: Side;
  smtpUrl: string;
  processes: Watched[];
  /** Mails that came twice, and reports that were sent again after a 503. */
  troubles(): string;
}

/** With the bare ladder beside it, on the same server and sink. */
export interface BothSides extends OneSide {
  bare: Side;
}

/** Fenghuo in the topology named. */
export const layAlone =
  ({ options, report }: Bench, topology: TopologyName) =>
  (folder: string, opened: Opened): Promise<OneSide> =>
    layOn(opened, (smtpUrl) => {
      const { profile, heap } = options;
      const at = { folder, smtpUrl, log: report.progress };
      return topology === 'dev'
        ? layDev({ ...at, profile }, opened)
        : layProduction({ ...at, workers: 1, heap }, opened);
    });

/** With the bare ladder's worker beside it. */
export const layBoth =
  (bench: Bench, topology: TopologyName) =>
  async (folder: string, opened: Opened): Promise<BothSides> => {
    const one = await layAlone(bench, topology)(folder, opened);
    const { worker, side } = await layBare(one, { folder, opened, profile: bench.options.profile });
    return { ...one, bare: side, processes: [...one.processes, worker] };
  };

/** Lays a sink, and then what `lay` has stand on it. */
export async function layOn<Kind extends Standing>(
  opened: Opened,
  lay: (smtpUrl: string) => Promise<Kind>,
): Promise<OneSide<Kind>> {
  const arrivals = createArrivals();
  const onSeen = (arrival: Arrival): void => arrivals.note(arrival);
  const sink = await startPart<object, SinkReady, Arrival>('./sink.ts', {}, { onSeen });
  opened.push(sink.close);
  const { smtpUrl } = sink.ready;
  const standing = await lay(smtpUrl);
  const { address, apiKey } = standing;
  const client = await clientOf(standing);
  opened.push(() => client.connection.close());
  let again = 0;
  return {
    standing,
    smtpUrl,
    ground: { arrivals, client, waitMs: waitOfThePlan() },
    fenghuo: fenghuoSide({ address, apiKey, mailDomain: MAIL_DOMAIN }, () => (again += 1)),
    processes: [
      ...standing.processes,
      { name: NOT_OURS.sink, pid: () => sink.pid },
      { name: NOT_OURS.bench, pid: () => process.pid, alone: true },
    ],
    troubles: () => `Mails that came twice: ${arrivals.doubles()}. Reports sent again after a 503: ${again}.`,
  };
}

/** The bare ladder's worker. */
async function layBare(
  { standing, smtpUrl, ground }: OneSide,
  at: { folder: string; opened: Opened; profile: string | undefined },
): Promise<{ worker: Watched; side: Side }> {
  const { temporalAddress, namespace, keys } = standing;
  const logFile = join(at.folder, 'bare.log');
  const bare = await startPart<BareSetUp, null>(
    './bare/worker.ts',
    { temporalAddress, namespace, keys, smtpUrl, mailFrom: MAIL_FROM, taskQueue: BARE_TASK_QUEUE, logFile },
    { profile: at.profile },
  );
  at.opened.push(bare.close);
  const { client, waitMs } = ground;
  return {
    worker: { name: NOT_OURS.bare, pid: () => bare.pid },
    side: bareSide(client, { taskQueue: BARE_TASK_QUEUE, waitMs, mailDomain: MAIL_DOMAIN }),
  };
}

const clientOf = ({ temporalAddress: address, namespace, keys }: Standing): Promise<Client> =>
  createClient({ address, namespace }, createDataConverter(parseKeyring(keys)));

/** Both sides wait as long as the bench's plan has its one party wait. */
function waitOfThePlan(): number {
  const wait = loadPlan(PLAN).branches.triage?.stages.chooseBranch?.tells[0]?.receiptWithin;
  if (!wait) throw new Error(`${PLAN} sets no receiptWithin`);
  return wait.ms;
}
