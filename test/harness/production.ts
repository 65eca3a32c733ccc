import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync, readdirSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toInstant, type Instant } from '../../src/incident/instant.ts';
import { freePort } from '../../src/temporal/serving.ts';
import { commandOf, type Machine } from '../../deploy/native/commands.ts';
import { findTools } from '../../deploy/native/find-tools.ts';
import { foldersOf, nativePlace } from '../../deploy/native/place.ts';
import { provideTemporalServer } from '../../deploy/native/provide-temporal-server.ts';
import { runJob, runService, type RunningService } from '../../deploy/native/run-service.ts';
import { provideSecrets } from '../../deploy/native/secrets.ts';
import type { ServiceName } from '../../deploy/places.ts';
import { proxyConfig } from '../../deploy/proxy-config.ts';
import { APIS, topologyAt, WORKERS } from '../../deploy/topology.ts';
import { createDatabase } from './database.ts';
import { createHttp } from './http.ts';
import { startSmtp } from './smtp.ts';
import { SHORT_PLAN, type System, type SystemOptions } from './system.ts';

const BUNDLES = fileURLToPath(new URL('../../node_modules/.cache/fenghuo-system', import.meta.url));
const DIE_WITH_PARENT = `--import ${new URL('die-with-parent.mjs', import.meta.url).href}`;

/** The topology that stands under the tests: its PostgreSQL, its Temporal, its certificate. */
export interface Ground {
  /** Its folder, as `startTopology` was given it. */
  data: string;
  temporalAddress: string;
  /** As superuser. */
  postgresUrl: string;
}

/** Started by `npm run test:production`, which says it here; null without. */
export const groundUnderTests = (): Ground | null =>
  process.env.FENGHUO_TOPOLOGY ? (JSON.parse(process.env.FENGHUO_TOPOLOGY) as Ground) : null;

/** A system as in production: two workers and two APIs behind the proxy, with a database and a namespace of their own. */
export interface Production extends System {
  service(name: ServiceName): RunningService;
  /** One more worker: of another checkout, as another build. */
  startWorker(root: string, build: string): Promise<RunningService>;
  /** Runs a command of `fenghuo` as the jobs are run: what it says, and its exit status. */
  fenghuo(words: string[], settings?: Record<string, string>): Promise<{ status: number; said: string }>;
  /** Where a process listens by itself, past the proxy: an API, or a worker's health. */
  at(name: ServiceName): string;
}

export interface ProductionOptions extends SystemOptions {
  /** The job that has a current version set is still to come. */
  isFirst?: boolean;
}

/** Starts one on the ground that is there. The certificate has to be trusted (NODE_EXTRA_CA_CERTS). */
export async function startProduction(
  ground: Ground,
  { plan = SHORT_PLAN, settings = {}, onRcpt, isFirst = false }: ProductionOptions = {},
): Promise<Production> {
  const data = await mkdtemp(join(tmpdir(), 'fenghuo-production-'));
  await chmod(data, 0o711); // nginx's workers are another user
  const folders = foldersOf(data);
  const [smtp, database, tools, temporal] = await Promise.all([
    startSmtp({ onRcpt }),
    createDatabase(ground.postgresUrl),
    findTools(),
    provideTemporalServer(console.error),
  ]);
  const ports: Record<string, number> = {
    temporal: Number(ground.temporalAddress.split(':')[1]),
    postgres: Number(new URL(ground.postgresUrl).port),
  };
  for (const name of ['proxy', ...APIS, ...[...WORKERS, 'worker-before'].map((worker) => `${worker} health`)])
    ports[name] = await freePort(undefined, Object.values(ports));
  const place = { ...nativePlace(data, ports), cache: BUNDLES };
  for (const folder of [folders.made, folders.logs, folders.secrets])
    await mkdir(folder, { recursive: true });
  for (const name of ['tls_certificate', 'tls_key'])
    await copyFile(join(foldersOf(ground.data).secrets, name), join(folders.secrets, name));
  await provideSecrets(folders.secrets, { place, smtpUrl: smtp.url, openssl: tools.openssl });
  await writeFile(place.secret('database_url'), database!.url);
  // Where the embedded mode has them, for tests that read them there.
  await copyFile(place.secret('fenghuo_keys'), join(data, 'keys'));
  await copyFile(place.secret('fenghuo_api_key'), join(data, 'api-key'));
  await writeFile(place.made('proxy.conf'), proxyConfig(place, { scratch: folders.scratch, hasUi: false }));

  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const machine: Machine = {
    data,
    place,
    tools,
    temporal,
    postgresUser: undefined,
    settings: {
      FENGHUO_PLAN: plan,
      TEMPORAL_NAMESPACE: namespace,
      NODE_OPTIONS: DIE_WITH_PARENT,
      ...settings,
    },
  };
  const described = topologyAt(place);
  const running: RunningService[] = [];
  const start = async (name: ServiceName): Promise<void> => {
    const service = described.find((one) => one.name === name)!;
    const command = await commandOf(machine, service);
    running.push(await runService(service, { command, tools, log: () => undefined }));
  };
  async function job(name: ServiceName): Promise<void> {
    const service = described.find((one) => one.name === name)!;
    await runJob(service, await commandOf(machine, service));
  }
  const ours = [...WORKERS, ...APIS];
  const all = (act: (service: RunningService) => unknown) =>
    Promise.all(running.filter(({ name }) => ours.includes(name as ServiceName)).map(act));
  let readyAt: Instant;

  async function leave(): Promise<void> {
    for (const service of running) {
      service.hold();
      service.kill('SIGKILL');
    }
    await Promise.all(running.map((service) => service.ended()));
    await smtp.close();
    await database!.drop();
    await rm(data, { recursive: true, force: true });
  }

  try {
    await job('migrate');
    // Whatever comes up is known before anything is given up.
    const started = await Promise.allSettled(ours.map(start));
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    await Promise.all([start('proxy'), isFirst ? null : job('rollout')]);
    readyAt = toInstant(Date.now());
  } catch (error) {
    await leave();
    throw error;
  }
  const apiKey = (await readFile(place.secret('fenghuo_api_key'), 'utf8')).trim();
  const url = place.publicUrl;
  const service = (name: ServiceName): RunningService => running.find((one) => one.name === name)!;
  return {
    ...createHttp(url, apiKey),
    url,
    dataDir: data,
    databaseUrl: database!.url,
    smtp,
    apiKey,
    get readyAt() {
      return readyAt;
    },
    logs: () =>
      readdirSync(folders.logs)
        .map((name) => readFileSync(join(folders.logs, name), 'utf8'))
        .join('\n'),
    pid: () => service('worker-1').pid(),
    async kill9() {
      await all((one) => one.hold());
      await all((one) => one.kill('SIGKILL'));
      await all((one) => one.ended());
      return toInstant(Date.now());
    },
    stop: async () => void (await all((one) => one.stop())),
    turnAway: () => undefined,
    async restart() {
      await all((one) => one.start());
      readyAt = toInstant(Date.now());
    },
    temporalPid: () => onlyEmbedded('temporalPid'),
    signalTemporal: () => onlyEmbedded('signalTemporal'),
    leave,
    service,
    async startWorker(root, build) {
      const service = described.find(({ name }) => name === 'worker-before')!;
      const { environment, ...command } = await commandOf(machine, service);
      const other = { ...command, cwd: root, environment: { ...environment, ...as(build) } };
      const worker = await runService(service, { command: other, tools, log: () => undefined });
      running.push(worker);
      return worker;
    },
    async fenghuo(words, settings = {}) {
      const migrate = described.find(({ name }) => name === 'migrate')!;
      const { file, args, environment, cwd } = await commandOf(machine, migrate);
      const env = { ...environment, ...settings };
      return new Promise((done) => {
        execFile(file, [args[0]!, ...words], { env, cwd }, (error, stdout, stderr) =>
          done({ status: error ? Number(error.code) : 0, said: stdout + stderr }),
        );
      });
    },
    temporal: () => ({ address: ground.temporalAddress, namespace }),
    at: (name) => `http://127.0.0.1:${ports[name] ?? ports[`${name} health`]}`,
  };
}

/** A worker without a build stays without. */
const as = (build: string): Record<string, string> => (build ? { WORKER_BUILD_ID: build } : {});

function onlyEmbedded(name: string): never {
  throw new Error(`${name}: the topology's Temporal is not this test's alone`);
}
