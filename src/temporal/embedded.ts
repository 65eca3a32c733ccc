import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { adopt, findServers, launch, terminate, type ServerProcess } from './server-process.ts';
import { freePort, keepRuns, untilServing } from './serving.ts';

export interface EmbeddedOptions {
  /** The data folder; the server's database, log and state lie in it. */
  dataDir: string;
  /** The `temporal` command, as `provideTemporal` gives it. */
  cli: string;
  namespace?: string;
  log: (line: string) => void;
}

export interface EmbeddedTemporal {
  /** `host:port` of the frontend; it stays the same for as long as this runs, also over restarts. */
  readonly address: string;
  /** Temporal's own UI. */
  readonly uiUrl: string;
  /** The server of an earlier start had survived it and is used on. */
  readonly adopted: boolean;
  /** Ends the server. Again does nothing more. */
  stop(): Promise<void>;
}

/** The embedded server could not be started; the message says why and where its log is. */
export class EmbeddedTemporalError extends Error {
  override name = 'EmbeddedTemporalError';
  readonly code = 'TEMPORAL_NOT_STARTED';
}

const stateSchema = z.object({
  /** The server's process, or null after it was stopped. */
  process: z.object({ pid: z.int().positive(), identity: z.string() }).nullable(),
  port: z.int().positive(),
  uiPort: z.int().positive(),
  /** False while the database is being made for the first time: if that breaks off, it is made anew. */
  served: z.boolean(),
});
type State = z.infer<typeof stateSchema>;
type Ports = Pick<State, 'port' | 'uiPort'>;

const START_WITHIN_MS = 60_000;
/** How long a survivor may take to answer before it is ended: it serves already, or it hangs. */
const ADOPT_WITHIN_MS = 15_000;
/** A run that lasted this long was no failed start, so that the next restart is immediate. */
const STEADY_AFTER_MS = 30_000;
const LONGEST_PAUSE_MS = 15_000;
/** A dev server deletes closed runs after a day; those of a long incident are worth reading longer. */
const RETENTION_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Has a Temporal dev server run on the database of `dataDir` and resolves when it serves `namespace`. A server that
 * survived the death of the process that started it is adopted. One that dies is started again at the same address.
 * The data folder must be held (`openDataFolder`): two servers on one database destroy it.
 * Throws {@link EmbeddedTemporalError}.
 */
export async function startEmbeddedTemporal(options: EmbeddedOptions): Promise<EmbeddedTemporal> {
  const home = homeOf({ ...options, dataDir: resolve(options.dataDir) });
  const survivor = await home.survivor();
  const first = survivor ?? (await home.startAnywhere());
  const { port, uiPort } = home.ports();
  const supervision = supervise(first, home, options.log);
  return {
    address: `127.0.0.1:${port}`,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    adopted: survivor !== null,
    stop: supervision.stop,
  };
}

/** What is where in a data folder, and how a server is started from it. */
function homeOf({ dataDir, cli, namespace = 'default', log }: EmbeddedOptions) {
  const database = join(dataDir, 'temporal.db');
  const logFile = join(dataDir, 'temporal.log');
  const stateFile = join(dataDir, 'temporal.json');
  let state = readState(stateFile);

  const remember = (next: State): void => {
    state = next;
    // Not awaited by anything: between a server's start and this note a kill would leave it unknown.
    writeFileSync(`${stateFile}.tmp`, JSON.stringify(next), { mode: 0o600 });
    renameSync(`${stateFile}.tmp`, stateFile);
  };
  const ports = (): Ports => {
    if (!state) throw new Error('no server was started from this folder');
    return { port: state.port, uiPort: state.uiPort };
  };

  /** Waits until `server` serves; throws when it ends before, or not in time. */
  async function serving(
    server: ServerProcess,
    { port, uiPort }: Ports,
    withinMs: number,
    givenUp?: AbortSignal,
  ): Promise<ServerProcess> {
    const waiting = new AbortController();
    const giveUp = (): void => waiting.abort();
    const timer = setTimeout(giveUp, withinMs);
    givenUp?.addEventListener('abort', giveUp);
    let ended = '';
    void server.ended.then((how) => {
      ended = how;
      giveUp();
    });
    try {
      await untilServing(port, namespace, waiting.signal);
    } catch (cause) {
      throw new Error(ended ? `it ended (${ended})` : `it does not serve: ${(cause as Error).message}`, {
        cause,
      });
    } finally {
      clearTimeout(timer);
      givenUp?.removeEventListener('abort', giveUp);
    }
    await keepRuns(port, namespace, RETENTION_MS).catch((error: Error) => {
      log(`Temporal keeps closed runs for a day only: ${error.message}`);
    });
    remember({ process: { pid: server.pid, identity: server.identity }, port, uiPort, served: true });
    return server;
  }

  async function startOn({ port, uiPort }: Ports, givenUp?: AbortSignal): Promise<ServerProcess> {
    // The folder is ours alone: a server on its database that is not known is one too many, and two spoil it.
    for (const stray of await findServers(database)) await terminate(stray);
    const served = state?.served ?? existsSync(database);
    if (!served) removeDatabase(database);
    const server = await launch(cli, serverArguments(database, port, uiPort, namespace), logFile);
    try {
      remember({ process: { pid: server.pid, identity: server.identity }, port, uiPort, served });
      return await serving(server, { port, uiPort }, START_WITHIN_MS, givenUp);
    } catch (error) {
      await terminate(server);
      throw error;
    }
  }

  return {
    ports,
    /** At the address it had: whoever is connected finds it again. */
    startAgain: (givenUp: AbortSignal) => startOn(ports(), givenUp),

    /** On the remembered ports where they are free; once more on others should one be taken in that very moment. */
    async startAnywhere(): Promise<ServerProcess> {
      try {
        return await startOn(await freePorts(state));
      } catch {
        log('Temporal did not start; trying once more on other ports');
      }
      try {
        return await startOn(await freePorts(null));
      } catch (cause) {
        const said = lastLogLines(logFile);
        const message = `Temporal does not start from ${dataDir}: ${(cause as Error).message}. Its log, ${logFile}, ends with: ${said}`;
        throw new EmbeddedTemporalError(message, { cause });
      }
    },

    /** The server that an earlier start left and that serves; one that hangs is ended. */
    async survivor(): Promise<ServerProcess | null> {
      if (!state?.process) return null;
      const server = await adopt(state.process.pid, state.process.identity);
      if (!server) return null;
      try {
        return await serving(server, state, ADOPT_WITHIN_MS);
      } catch (error) {
        log(
          `Temporal was left running (pid ${server.pid}) and cannot be used, ${(error as Error).message}: ending it`,
        );
        await terminate(server);
        return null;
      }
    },

    forgetProcess(): void {
      if (state) remember({ ...state, process: null });
    },
  };
}

type Home = ReturnType<typeof homeOf>;

/** Starts the server again whenever it has ended, until it is stopped. */
function supervise(first: ServerProcess, home: Home, log: (line: string) => void) {
  const stopping = new AbortController();
  let server = first;

  async function watch(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const since = Date.now();
      const how = await server.ended;
      if (stopping.signal.aborted) return;
      log(`Temporal ended (${how}): starting it again at 127.0.0.1:${home.ports().port}`);
      if (Date.now() - since > STEADY_AFTER_MS) failures = 0;
      failures = await startUntilServing(failures);
    }
  }

  /** Counts and spaces what fails; returns the new count, which a server that soon dies again adds to. */
  async function startUntilServing(failures: number): Promise<number> {
    for (let count = failures; !stopping.signal.aborted; count++) {
      await pause(waitAfter(count), undefined, { signal: stopping.signal, ref: false }).catch(
        () => undefined,
      );
      if (stopping.signal.aborted) return count;
      try {
        server = await home.startAgain(stopping.signal);
        return count + 1;
      } catch (error) {
        if (stopping.signal.aborted) return count;
        log(`Temporal did not start again: ${(error as Error).message}`);
      }
    }
    return failures;
  }

  const watching = watch();
  let stopped: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    stopping.abort();
    await terminate(server);
    await watching;
    await terminate(server); // had it just been started again
    home.forgetProcess();
  };
  return { stop: () => (stopped ??= end()) };
}

/** None at first, then 0.5 s, doubling to 15 s. */
const waitAfter = (failures: number): number =>
  failures === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, 250 * 2 ** failures);

/**
 * The write-ahead log makes a commit one write to the disk instead of several (starting workflows: 3 to 5 times as many a
 * second); `FULL` keeps every commit through a power cut, as the default journal did.
 */
const serverArguments = (database: string, port: number, uiPort: number, namespace: string): string[] => [
  'server',
  'start-dev',
  '--db-filename',
  database,
  '--ip',
  '127.0.0.1',
  '--port',
  String(port),
  '--ui-port',
  String(uiPort),
  '--log-level',
  'error',
  '--sqlite-pragma',
  'journal_mode=WAL',
  '--sqlite-pragma',
  'synchronous=FULL',
  // A message's task comes back with the answer to the decision that asked for it, without another round.
  '--dynamic-config-value',
  'system.enableActivityEagerExecution=true',
  // `default` is always made.
  ...(namespace === 'default' ? [] : ['--namespace', namespace]),
];

function removeDatabase(database: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(database + part, { force: true });
}

async function freePorts(preferred: Ports | null): Promise<Ports> {
  const port = await freePort(preferred?.port);
  return { port, uiPort: await freePort(preferred?.uiPort, [port]) };
}

function readState(file: string): State | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // there is none, or nothing in it can be relied on
  }
}

function lastLogLines(file: string): string {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines.slice(-3).join(' | ') || '(nothing)';
}
