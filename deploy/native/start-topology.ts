import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresUser } from '../../src/backup/commands-of-postgres.ts';
import { openDataFolder } from '../../src/data-folder.ts';
import { addressOf, type ServiceName } from '../places.ts';
import { proxyConfig } from '../proxy-config.ts';
import type { Service } from '../service.ts';
import { temporalConfig } from '../temporal-config.ts';
import { topologyAt } from '../topology.ts';
import { allotPorts, type Ports } from './allot-ports.ts';
import { commandOf, type Machine } from './commands.ts';
import { findTools } from './find-tools.ts';
import { endLeftOvers, noteChildren } from './left-overs.ts';
import { isMade, makeDatabases, makeFolder } from './make-postgres.ts';
import { foldersOf, nativePlace } from './place.ts';
import { provideTemporalServer } from './provide-temporal-server.ts';
import { runJob, runService, type RunningService } from './run-service.ts';
import { provideSecrets } from './secrets.ts';

const run = promisify(execFile);

export interface TopologyOptions {
  /** Where all state lies; a second start finds it. */
  data: string;
  /** Where mail goes; without it a mail sink is started, as for development. */
  smtpUrl?: string | undefined;
  /** More settings for our own processes, or others. */
  settings?: Record<string, string>;
  /** Only these services. */
  only?: ServiceName[];
  log: (line: string) => void;
}

/** Production on one machine. */
export interface Topology {
  readonly publicUrl: string;
  /** The proxy's certificate (PEM), for whoever is to trust it. */
  readonly certificate: string;
  readonly apiKey: string;
  readonly temporalAddress: string;
  /** PostgreSQL as its superuser. */
  readonly postgresUrl: string;
  /** The mail sink's page; null where mail goes elsewhere. */
  readonly mailboxUrl: string | null;
  readonly logs: string;
  service(name: ServiceName): RunningService;
  /** Runs a command of `fenghuo` beside the others, as the migration job is run, and gives what it says. Rejects when it fails. */
  fenghuo(words: string[], settings?: Record<string, string>): Promise<string>;
  /** Stops everything, in the opposite order of the start. Again does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts what {@link topologyAt} describes, each when what it needs is well, and resolves when all of it is. Throws with the end of the log
 * of what did not start, after everything was stopped.
 */
export async function startTopology({
  data: path,
  smtpUrl,
  settings = {},
  only,
  log,
}: TopologyOptions): Promise<Topology> {
  const [tools, temporal, user] = [await findTools(), await provideTemporalServer(log), await postgresUser()];
  await mkdir(path, { recursive: true });
  await chmod(path, 0o711); // PostgreSQL's user reaches its own folder within, and no other
  const data = await openDataFolder(path);
  const running: RunningService[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stopAll());
  async function stopAll(): Promise<void> {
    for (const service of [...running].reverse()) service.hold();
    for (const service of [...running].reverse()) await service.stop();
    await data.release();
  }
  try {
    await endLeftOvers(data.path);
    const ports = await allotPorts(data.file('ports.json'));
    const place = nativePlace(data.path, ports);
    const machine: Machine = { data: data.path, place, tools, temporal, postgresUser: user, settings };
    const sink = smtpUrl ? null : `smtp://${addressOf(place, 'mailbox')}`;
    await prepare(machine, ports, smtpUrl ?? sink!);
    const services = topologyAt(place).filter(
      ({ name, isDevOnly, leftOutNatively }) =>
        !leftOutNatively && (!isDevOnly || sink !== null) && (only?.includes(name) ?? true),
    );
    await startInOrder(services, async (service) => {
      const command = await commandOf(machine, service);
      log(`  ${service.name} …`);
      if (service.isJob)
        return runJob(service, command).catch((error: Error) => {
          if (!service.mayFail) throw error;
          log(error.message);
        });
      const isNew = service.name === 'postgres' && !(await isMade(data.path));
      if (isNew) await makeFolder(machine, service);
      running.push(await runService(service, { command, tools, log }));
      await noteChildren(data.path, running);
      if (isNew) await makeDatabases(machine, service);
    });
    const read = async (name: string): Promise<string> =>
      (await readFile(join(foldersOf(data.path).secrets, name), 'utf8')).trim();
    return {
      publicUrl: place.publicUrl,
      certificate: place.secret('tls_certificate'),
      apiKey: await read('fenghuo_api_key'),
      temporalAddress: addressOf(place, 'temporal'),
      postgresUrl: `postgres://postgres:${await read('postgres_password')}@${addressOf(place, 'postgres')}/postgres`,
      mailboxUrl: sink && `http://${addressOf(place, 'mailbox', 'page')}`,
      logs: foldersOf(data.path).logs,
      service(name) {
        const found = running.find((service) => service.name === name);
        if (!found) throw new Error(`${name} does not run here`);
        return found;
      },
      async fenghuo(words, more = {}) {
        const job = topologyAt(place).find(({ name }) => name === 'migrate')!;
        const { file, args, environment: env, cwd } = await commandOf(machine, job);
        const { stdout, stderr } = await run(file, [args[0]!, ...words], { env: { ...env, ...more }, cwd });
        return stdout + stderr;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepare({ data, place, tools }: Machine, ports: Ports, smtpUrl: string): Promise<void> {
  const folders = foldersOf(data);
  await mkdir(folders.scratch, { recursive: true, mode: 0o711 }); // nginx's workers are another user
  for (const folder of [folders.made, folders.logs, folders.cache])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  await provideSecrets(folders.secrets, { place, smtpUrl, openssl: tools.openssl });
  await writeFile(place.made('temporal.yaml'), temporalConfig(place, temporalParts(ports)));
  const options = { scratch: folders.scratch, hasUi: false };
  await writeFile(place.made('proxy.conf'), proxyConfig(place, options));
}

const temporalParts = (ports: Ports) => {
  const part = (name: string, grpc = ports[`temporal ${name}`]!) => ({
    grpc,
    membership: ports[`temporal ${name} membership`]!,
  });
  return {
    frontend: part('frontend', ports['temporal']),
    history: part('history'),
    matching: part('matching'),
    worker: part('worker'),
  };
};

/** Each as soon as what it needs is there; what is left out is waited for by nobody. */
async function startInOrder(services: Service[], start: (service: Service) => Promise<void>): Promise<void> {
  const begun = new Map<ServiceName, Promise<void>>();
  let failure: unknown;
  const begin = (service: Service): Promise<void> => {
    const known = begun.get(service.name);
    if (known) return known;
    const needed = services.filter(({ name }) => service.needs?.[name]);
    const begins = Promise.all(needed.map(begin)).then(() => {
      if (failure) throw failure;
      return start(service);
    });
    begun.set(service.name, begins);
    return begins;
  };
  const all = services.map((service) =>
    begin(service).catch((error: unknown) => {
      failure ??= error;
    }),
  );
  await Promise.all(all);
  if (failure) throw failure;
}
