import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { until } from '../harness/until.ts';
import { FAULTS } from './faults.ts';
import { atRest, findingOf, repeatsIn } from './findings.ts';
import type { IncidentId, MessageKey } from '../../src/incident/ids.ts';
import type { AuditReport } from '../../src/store/audit-report.ts';
import { noticeIn } from '../harness/mail.ts';
import type { SinkMessage } from '../harness/smtp.ts';
import type { Outage } from './outages.ts';
import { randomOf } from './random.ts';
import { tableOf, timeOf } from './table.ts';
import { drive } from './traffic.ts';
import { startWorld, type World } from './world.ts';

export interface FaultOptions {
  incidents: number;
  seed: number;
  faults: number;
  broken: boolean;
  keep: boolean;
  /** Part of the names of those that are wanted; all where it is left out. */
  kinds?: string;
  log: (line: string) => void;
}

/** How long a fault and its recovery take about, to spread the incidents over all of them. */
const ABOUT_A_FAULT_S = 11;

/** Incidents while everything breaks, one thing after the other; then counts. Gives what was lost, doubled or forgotten: nothing, that is. */
export async function runFaults(options: FaultOptions): Promise<string[]> {
  const { incidents, seed, faults, log } = options;
  const node = options.broken
    ? ['--import', fileURLToPath(new URL('./forget-key.mjs', import.meta.url))]
    : [];
  log(`${incidents} incidents, ${faults} faults, seed ${seed}${options.broken ? ', broken on purpose' : ''}`);
  const world = await startWorld({ node });
  let wrong: string[] | undefined;
  try {
    const gap = (2 * faults * ABOUT_A_FAULT_S) / incidents;
    const traffic = drive(world, randomOf(seed), { count: incidents, gap });
    traffic.catch(() => undefined); // said when it is waited for
    const breaks = await inflictAll(world, options);
    const asked = await traffic;
    log('Everything serves again. Waiting for the ladders to end.');
    const details = [];
    for (const id of asked.keys()) details.push(await atRest(world, id));
    const mails = mailsByIncident(world);
    const hindrances = { decisions: world.outages.all(), mails: breaks };
    const found = details.map((detail) =>
      findingOf(detail, mails.get(detail.id) ?? [], asked.get(detail.id as IncidentId)!, hindrances),
    );
    const table = tableOf({
      faults: breaks.length,
      asked: incidents,
      accepted: asked.size,
      details,
      found,
      repeats: repeatsIn(world.smtp.messages, breaks, await knownAt(world)),
      audit: await auditOf(world),
    });
    for (const line of table.lines) log(line);
    wrong = table.wrong;
  } finally {
    const keeps = options.keep || (wrong?.length !== 0 && !options.broken);
    if (keeps) log(`What everything has logged: ${world.folder}`);
    await world.leave(keeps);
  }
  return wrong;
}

/** One after the other, each kind before one comes again, with a rest between them. Gives when each lasted. */
async function inflictAll(world: World, { seed, faults, kinds = '', log }: FaultOptions): Promise<Outage[]> {
  const random = randomOf(seed + 1);
  const wanted = FAULTS.filter(({ name }) => name.includes(kinds));
  const possible = wanted.filter(({ isPossible = () => true }) => isPossible(world));
  for (const { name } of wanted.filter((fault) => !possible.includes(fault)))
    log(`Not possible here: ${name}`);
  const rounds = Math.ceil(faults / possible.length);
  const order = Array.from({ length: rounds }, () => random.shuffled(possible)).flat();
  const breaks: Outage[] = [];
  for (const fault of order.slice(0, faults)) {
    await pause(random.between(1, 4) * 1_000);
    const from = Date.now();
    await fault.inflict(world, random);
    await untilReady(world);
    breaks.push({ from, to: Date.now() });
    const lasted = ((Date.now() - from) / 1_000).toFixed(1);
    log(`${String(breaks.length).padStart(3)}  ${timeOf(from)}  ${fault.name}, ${lasted} s`);
  }
  return breaks;
}

const untilReady = (world: World): Promise<unknown> =>
  until(
    'everything serves again',
    async () => (await world.get('/readyz').catch(() => null))?.status === 200,
    600_000,
  );

function mailsByIncident({ smtp }: World): Map<string, SinkMessage[]> {
  const all = new Map<string, SinkMessage[]>();
  for (const mail of smtp.messages) {
    const { incidentId } = noticeIn(mail);
    all.set(incidentId, [...(all.get(incidentId) ?? []), mail]);
  }
  return all;
}

/** When the register had it that a message was out, by PostgreSQL's own clock. */
async function knownAt({ postgres }: World): Promise<Map<MessageKey, number>> {
  const client = new pg.Client({ connectionString: postgres.url(postgres.port) });
  await client.connect();
  try {
    const { rows } = await client.query<{ key: MessageKey; at: Date }>(
      'select key, settled_at as at from delivery_claim where settled_at is not null',
    );
    return new Map(rows.map(({ key, at }) => [key, at.getTime()]));
  } finally {
    await client.end();
  }
}

const auditOf = (world: World): Promise<AuditReport> =>
  until('the audit', async () => {
    const { status, body } = await world.post<AuditReport>('/api/audit');
    return status === 200 && body;
  });
