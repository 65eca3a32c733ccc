import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Instant } from '../../src/incident/instant.ts';
import { freePort } from '../../src/temporal/serving.ts';
import { createDatabase } from './database.ts';
import { endGroup } from './end-group.ts';
import { createHttp, type Http } from './http.ts';
import { groundUnderTests, startProduction } from './production.ts';
import { startSmtp, type RcptAnswer, type Smtp } from './smtp.ts';
import { startProcess, type StartProcess } from './start-process.ts';

const run = promisify(execFile);

/** What tests wait for comes after seconds in `short.yaml`, after minutes or hours in the Wushen plan. */
export const SHORT_PLAN = 'test/plans/short.yaml';
export const LONG_PLAN = 'plans/wushen-2025.yaml';

/** Bundled workflows, kept over all systems and runs: a changed source gets another name there. */
const BUNDLES = fileURLToPath(new URL('../../node_modules/.cache/fenghuo-system', import.meta.url));

export interface SystemOptions {
  plan?: string;
  /** More settings, or others. */
  settings?: Record<string, string>;
  /** Where the data folder is made; a temporary folder by default. */
  parent?: string;
  /** What the mail server answers to each recipient; see {@link startSmtp}. */
  onRcpt?: (address: string) => RcptAnswer;
}

/** Everything `npm start` runs, on a data folder of its own, with a mail server that the test holds. */
export interface System extends Http {
  readonly url: string;
  readonly dataDir: string;
  /** The register's PostgreSQL database; null on PGlite. */
  readonly databaseUrl: string | null;
  readonly smtp: Smtp;
  readonly apiKey: string;
  /** When the last start said that it runs. */
  readonly readyAt: Instant;
  /** All that this system's processes have said on stdout, on stderr and in their log, over all starts. */
  logs(): string;
  /** The one process that is API and worker. */
  pid(): number;
  /** kill -9 of the one process that is API and worker. Temporal lives on. Gives when it was gone. */
  kill9(): Promise<Instant>;
  /** As Ctrl-C does it; Temporal is stopped with it. */
  stop(): Promise<void>;
  /** Nobody reads any more what the process says on stdout and stderr. */
  turnAway(): void;
  /** Starts again on the same folder, port and settings, and waits until it says that it runs. */
  restart(): Promise<void>;
  /** Where Temporal is now, and this system's namespace there. */
  temporal(): { address: string; namespace: string };
  temporalPid(): number;
  /** A signal to Temporal's whole group. */
  signalTemporal(signal: NodeJS.Signals): void;
  /** Ends every process and removes all that was made. */
  leave(): Promise<void>;
}

/** An empty data folder but for the bundled workflows. */
export async function makeDataFolder(parent: string): Promise<string> {
  const dataDir = join(parent, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  await mkdir(BUNDLES, { recursive: true });
  await symlink(BUNDLES, join(dataDir, 'cache'));
  return dataDir;
}

/**
 * As `npm start` runs it; in the tests of production (`npm run test:production`) as two workers and two APIs behind the proxy instead,
 * unless the test asks for a data folder of its own.
 */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const ground = groundUnderTests();
  if (ground && options.parent === undefined) return startProduction(ground, options);
  return startEmbedded(options);
}

async function startEmbedded({
  plan = SHORT_PLAN,
  settings = {},
  parent,
  onRcpt,
}: SystemOptions): Promise<System> {
  const folder = parent ?? (await mkdtemp(join(tmpdir(), 'fenghuo-system-')));
  const dataDir = await makeDataFolder(folder);
  const [smtp, database, port] = await Promise.all([startSmtp({ onRcpt }), createDatabase(), freePort()]);
  const url = `http://127.0.0.1:${port}`;
  const environment: Record<string, string> = {
    PORT: String(port),
    FENGHUO_DATA: dataDir,
    FENGHUO_PLAN: plan,
    SMTP_URL: smtp.url,
    ...(database ? { DATABASE_URL: database.url } : {}),
    ...(process.env.FENGHUO_TEMPORAL_CLI ? { FENGHUO_TEMPORAL_CLI: process.env.FENGHUO_TEMPORAL_CLI } : {}),
    ...settings,
  };

  const starts: StartProcess[] = [];
  let readyAt: Instant;
  async function restart(): Promise<void> {
    const start = startProcess(environment);
    starts.push(start);
    readyAt = await start.ready;
  }
  async function end(signal: NodeJS.Signals): Promise<Instant> {
    const start = starts.at(-1)!;
    start.kill(signal);
    return (await start.ended).at;
  }
  async function leave(): Promise<void> {
    await end('SIGKILL');
    for (const pid of await serversOn(dataDir)) await endGroup(pid);
    await smtp.close();
    await database?.drop();
    if (parent === undefined) await rm(folder, { recursive: true, force: true });
  }

  try {
    await restart();
  } catch (error) {
    await leave();
    throw error;
  }
  const apiKey = (await readFile(join(dataDir, 'api-key'), 'utf8')).trim();
  return {
    ...createHttp(url, apiKey),
    url,
    dataDir,
    databaseUrl: database?.url ?? null,
    smtp,
    apiKey,
    get readyAt() {
      return readyAt;
    },
    logs: () =>
      [...starts.map((start) => start.said()), readFileSync(join(dataDir, 'fenghuo.log'), 'utf8')].join('\n'),
    pid: () => starts.at(-1)!.pid,
    kill9: () => end('SIGKILL'),
    stop: async () => void (await end('SIGTERM')),
    turnAway: () => starts.at(-1)!.turnAway(),
    restart,
    temporal: () => ({ address: `127.0.0.1:${temporalIn(dataDir)!.port}`, namespace: 'default' }),
    temporalPid: () => temporalPidIn(dataDir)!,
    signalTemporal: (signal) => process.kill(-temporalPidIn(dataDir)!, signal),
    leave,
  };
}

/** Every Temporal on this folder's database, one that was started in the instant of a kill and never noted too. */
async function serversOn(dataDir: string): Promise<number[]> {
  const noted = temporalPidIn(dataDir);
  // pgrep ends with 1 when it finds none.
  const { stdout } = await run('pgrep', ['-f', join(dataDir, 'temporal.db')]).catch(() => ({ stdout: '' }));
  return [...(noted === null ? [] : [noted]), ...stdout.split('\n').filter(Boolean).map(Number)];
}

interface NotedTemporal {
  process: { pid: number } | null;
  port: number;
}

/** The process of Temporal's; null when it was stopped. */
const temporalPidIn = (dataDir: string): number | null => temporalIn(dataDir)?.process?.pid ?? null;

/** From the note that the embedded mode keeps of its server. */
function temporalIn(dataDir: string): NotedTemporal | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'temporal.json'), 'utf8')) as NotedTemporal;
  } catch {
    return null; // none was ever started
  }
}
