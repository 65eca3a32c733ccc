import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Service } from '../service.ts';
import { startChild, type Child, type Command, type Ending } from './child.ts';
import { isWell } from './is-well.ts';
import type { Tools } from './find-tools.ts';

const LOOK_EVERY_MS = 200;
const WELL_WITHIN_MS = 120_000;
const AGAIN_AFTER_MS = 1_000;

/** A service that runs, and is started again when it ends by itself, as containers are. */
export interface RunningService {
  readonly name: string;
  /** Of the process that runs now. */
  pid(): number;
  /** A signal to it; what ends by this is started again, unless it was held. */
  kill(signal: NodeJS.Signals): void;
  /** From now on it is not started again, until {@link start}. */
  hold(): void;
  /** How the process that runs now ends, or has ended. */
  ended(): Promise<Ending>;
  /** Starts it where it has ended, and waits until it is well. */
  start(): Promise<void>;
  /** Asks it to end, and kills it when it has not after the service's time. Gives how it ended. */
  stop(): Promise<Ending>;
}

/** Starts a service and waits until it is well. Rejects with the end of its log when it ends before. */
export async function runService(
  service: Service,
  { command, tools, log }: { command: Command; tools: Tools; log: (line: string) => void },
): Promise<RunningService> {
  let isHeld = false;
  let hasEnded = false;
  let child: Child;

  async function launch(): Promise<void> {
    hasEnded = false;
    const mine = await startChild(command);
    child = mine;
    void mine.ended.then((how) => {
      hasEnded = true;
      if (isHeld) return;
      log(`${service.name} ended (${how}): starting it again`);
      void pause(AGAIN_AFTER_MS).then(() => (isHeld ? undefined : launch()));
    });
  }

  async function untilWell(): Promise<void> {
    const deadline = Date.now() + WELL_WITHIN_MS;
    while (!(await isWell(service, tools))) {
      if (hasEnded) throw new Error(`${service.name} ended:\n${await lastLines(command.logFile)}`);
      if (Date.now() > deadline)
        throw new Error(
          `${service.name} is not well after ${WELL_WITHIN_MS / 1_000} s:\n${await lastLines(command.logFile)}`,
        );
      await pause(LOOK_EVERY_MS);
    }
  }

  isHeld = true; // what ends before it was ever well is a mistake
  await launch();
  await untilWell().catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  isHeld = false;
  return {
    name: service.name,
    pid: () => child.pid,
    kill: (signal) => child.kill(signal),
    hold() {
      isHeld = true;
    },
    ended: () => child.ended,
    async start() {
      isHeld = false;
      if (hasEnded) await launch();
      await untilWell();
    },
    async stop() {
      isHeld = true;
      child.kill(service.name === 'postgres' ? 'SIGINT' : 'SIGTERM'); // to PostgreSQL: end connections, too
      const overdue = new AbortController();
      void pause(service.stopWithin * 1_000, null, { signal: overdue.signal }).then(
        () => child.kill('SIGKILL'),
        () => undefined,
      );
      const how = await child.ended;
      overdue.abort();
      return how;
    },
  };
}

/** Runs a job to its end. Rejects with the end of its log when it fails. */
export async function runJob({ name }: Service, command: Command): Promise<void> {
  const how = await (await startChild(command)).ended;
  if (how !== 0) throw new Error(`${name} failed (${how}):\n${await lastLines(command.logFile)}`);
}

const lastLines = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8').catch(() => '')).trim().split('\n').slice(-8).join('\n');
