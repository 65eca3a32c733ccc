import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { foldersOf } from '../../deploy/native/place.ts';
import { startTopology, type Topology } from '../../deploy/native/start-topology.ts';
import type { ServiceName } from '../../deploy/places.ts';
import { postgresCommand } from '../../src/backup/commands-of-postgres.ts';
import { onServer } from './database.ts';
import { createHttp, type Http } from './http.ts';
import { needGround } from './ground.ts';
import type { Smtp } from './smtp.ts';
import { SHORT_PLAN } from './system.ts';

const run = promisify(execFile);
const CLI = fileURLToPath(new URL('../../bin/fenghuo.mjs', import.meta.url));
const DIE_WITH_PARENT = `--import ${new URL('die-with-parent.mjs', import.meta.url).href}`;
const OURS = ['worker-1', 'worker-2', 'api-1', 'api-2'] as const;

/** A topology of its own, PostgreSQL and Temporal with it, that a test may kill and take apart. */
export interface WholeTopology extends Http {
  readonly data: string;
  readonly topology: Topology;
  readonly smtp: Smtp;
  /** kill -9 of every process of it, PostgreSQL and Temporal too. */
  kill9(): Promise<void>;
  /** Holds our own processes and ends them with SIGKILL, and starts them again. */
  killOurs(): Promise<void>;
  startOurs(): Promise<void>;
  /** A dump of these databases, each by itself; gives what puts them back while our processes are held. */
  dump(databases: string[]): Promise<() => Promise<void>>;
  /** Where a process of ours listens. */
  portOf(name: ServiceName): Promise<number>;
}

/** Starts one in `data`, on what is there. The certificate is the ground's, which this process trusts. */
export async function startWhole(data: string, smtp: Smtp): Promise<WholeTopology> {
  await provideCertificate(data);
  const topology = await startTopology({
    data,
    smtpUrl: smtp.url,
    settings: { FENGHUO_PLAN: SHORT_PLAN, NODE_OPTIONS: DIE_WITH_PARENT },
    log: () => undefined,
  });
  const kill = async (names: readonly ServiceName[]): Promise<void> => {
    const services = names.map((name) => topology.service(name));
    for (const service of services) service.hold();
    for (const service of services) service.kill('SIGKILL');
    await Promise.all(services.map((service) => service.ended()));
  };
  return {
    ...createHttp(topology.publicUrl, topology.apiKey),
    data,
    topology,
    smtp,
    async kill9() {
      await kill([...OURS, 'proxy', 'temporal', 'postgres']);
      await topology.stop(); // lets go of the folder
    },
    killOurs: () => kill(OURS),
    async dump(databases) {
      const files = databases.map((name) => join(data, `${name}.dump`));
      for (const [index, name] of databases.entries())
        await run(await postgresCommand('pg_dump', 15), [
          '-Fc',
          `-f${files[index]!}`,
          databaseAt(topology, name),
        ]);
      return async () => {
        // Temporal keeps in memory what it would then write over.
        const isTemporals = !databases.includes('fenghuo');
        if (isTemporals) await kill(['temporal']);
        const restore = await postgresCommand('pg_restore', 15);
        for (const [index, name] of databases.entries()) {
          await onServer(topology.postgresUrl, `drop database ${name} with (force)`);
          await run(restore, ['--create', '-d', topology.postgresUrl, files[index]!]);
        }
        if (isTemporals) await topology.service('temporal').start();
      };
    },
    async portOf(name) {
      return (JSON.parse(await readFile(join(data, 'ports.json'), 'utf8')) as Record<string, number>)[name]!;
    },
    startOurs: async () => void (await Promise.all(OURS.map((name) => topology.service(name).start()))),
  };
}

function databaseAt({ postgresUrl }: Topology, name: string): string {
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** The one certificate that this process trusts. */
async function provideCertificate(data: string): Promise<void> {
  const [from, to] = [foldersOf(needGround().data).secrets, foldersOf(data).secrets];
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of ['tls_certificate', 'tls_key']) await copyFile(join(from, name), join(to, name));
}

/** A command of `fenghuo` without any server, as after a loss: with these settings alone. Gives exit status and what it said. */
export const fenghuoAlone = (
  words: string[],
  settings: Record<string, string>,
): Promise<{ status: number; said: string }> =>
  run(process.execPath, [CLI, ...words], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
  }).then(
    ({ stdout, stderr }) => ({ status: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      status: code,
      said: stdout + stderr,
    }),
  );
