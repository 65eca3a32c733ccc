import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adopt, terminate } from '../../src/temporal/server-process.ts';
import { processIdentity } from '../../src/process-identity.ts';
import type { RunningService } from './run-service.ts';

const fileOf = (data: string): string => join(data, 'processes.json');

interface Noted {
  pid: number;
  identity: string;
}

/** Notes what runs, so that the next start can end what a kill of this one left. */
export async function noteChildren(data: string, running: readonly RunningService[]): Promise<void> {
  const noted = await Promise.all(
    running.map(async (service) => ({ pid: service.pid(), identity: await processIdentity(service.pid()) })),
  );
  // Not awaited in between: several services come up at once.
  writeFileSync(`${fileOf(data)}.tmp`, JSON.stringify(noted.filter(({ identity }) => identity !== null)));
  renameSync(`${fileOf(data)}.tmp`, fileOf(data));
}

/** Ends what an earlier start left behind: two PostgreSQL on one folder would be one too many. The last that was started goes first. */
export async function endLeftOvers(data: string): Promise<void> {
  const text = await readFile(fileOf(data), 'utf8').catch(() => '[]');
  for (const { pid, identity } of (JSON.parse(text) as Noted[]).reverse()) {
    const left = await adopt(pid, identity);
    if (left) await terminate(left);
  }
}
