import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandOf, type Machine } from '../deploy/native/commands.ts';
import { findTools } from '../deploy/native/find-tools.ts';
import { nativePlace } from '../deploy/native/place.ts';
import { provideTemporalServer } from '../deploy/native/provide-temporal-server.ts';
import { runService, type RunningService } from '../deploy/native/run-service.ts';
import { startTopology } from '../deploy/native/start-topology.ts';
import type { Ports } from '../deploy/native/allot-ports.ts';
import type { ServiceName } from '../deploy/places.ts';
import { NAMESPACE, topologyAt } from '../deploy/topology.ts';
import { TEMPORAL_VERSION } from '../deploy/versions.ts';
import { freePort } from '../src/temporal/serving.ts';
import type { LayOptions } from './lay-dev.ts';
import type { Opened } from './on-ground.ts';
import { MAIL_FROM, PLAN, type Standing } from './standing.ts';

/** Production on this machine, whose workers can be counted and asked. */
export interface Production extends Standing {
  workers: RunningService[];
}

export interface ProductionOptions extends LayOptions {
  workers: 1 | 2;
  /** Of each worker, in MiB; undefined: node's own. */
  heap?: number | undefined;
}

const DIE_WITH_PARENT = `--import ${new URL('../test/harness/die-with-parent.mjs', import.meta.url).href}`;

/** PostgreSQL, Temporal's server on it, one API and the workers, as `npm run topology` has them; without the proxy. */
export async function layProduction(options: ProductionOptions, opened: Opened): Promise<Production> {
  const { folder: data, smtpUrl, log, heap } = options;
  await chmod(data, 0o711); // PostgreSQL's user reaches its own folder within
  const settings = { FENGHUO_PLAN: PLAN, MAIL_FROM, NODE_OPTIONS: DIE_WITH_PARENT };
  const topology = await startTopology({
    data,
    smtpUrl,
    settings,
    log,
    only: ['postgres', 'temporal-schema', 'temporal', 'migrate'],
  });
  opened.push(() => topology.stop());
  const ports = JSON.parse(await readFile(join(data, 'ports.json'), 'utf8')) as Ports;
  // Other topologies may be starting on this machine, and look for ports from the same one on.
  for (const name of ['worker-1 health', 'worker-2 health', 'api-1'])
    ports[name] = await freePort(undefined, Object.values(ports));
  const place = nativePlace(data, ports);
  const tools = await findTools();
  const temporal = await provideTemporalServer(log);
  const machine: Machine = { data, place, tools, temporal, postgresUser: undefined, settings };
  async function start(name: ServiceName, more: Record<string, string> = {}): Promise<RunningService> {
    const service = topologyAt(place).find((one) => one.name === name)!;
    const command = await commandOf({ ...machine, settings: { ...settings, ...more } }, service);
    log(`  ${name} …`);
    const running = await runService(service, { command, tools, log });
    opened.push(() => running.stop());
    return running;
  }
  const workers: RunningService[] = [];
  const metrics: string[] = [];
  for (const name of (['worker-1', 'worker-2'] as const).slice(0, options.workers)) {
    const port = await freePort(undefined, Object.values(ports));
    const node = heap ? `${DIE_WITH_PARENT} --max-old-space-size=${heap}` : DIE_WITH_PARENT;
    workers.push(await start(name, { METRICS_PORT: String(port), NODE_OPTIONS: node }));
    metrics.push(`http://127.0.0.1:${port}`);
  }
  // Until it is current no worker of a version is given anything.
  log('  rollout …');
  await topology.fenghuo(['rollout', 'ensure']);
  const api = await start('api-1');
  const watch = (name: string, { pid }: { pid(): number }) => ({ name, pid });
  return {
    words: `Temporal server ${TEMPORAL_VERSION} and register on PostgreSQL, API and worker apart`,
    temporalAddress: topology.temporalAddress,
    namespace: NAMESPACE,
    keys: (await readFile(place.secret('fenghuo_keys'), 'utf8')).trim(),
    address: `http://127.0.0.1:${place.port('api-1')}`,
    apiKey: topology.apiKey,
    postgresUrl: topology.postgresUrl,
    workers,
    metrics,
    processes: [
      watch('Temporal server', topology.service('temporal')),
      watch('PostgreSQL', topology.service('postgres')),
      ...workers.map((worker, index) => watch(`worker ${index + 1}`, worker)),
      watch('API', api),
    ],
  };
}
