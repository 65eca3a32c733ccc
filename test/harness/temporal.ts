import { join } from 'node:path';
import { launch, type ServerProcess } from '../../src/temporal/server-process.ts';
import { provideTemporal } from '../../src/temporal/provide.ts';
import { freePort, untilServing } from '../../src/temporal/serving.ts';
import { endGroup } from './end-group.ts';

/** A Temporal server that nobody watches over: it stays away until the test brings it back. */
export interface LoneTemporal {
  /** For TEMPORAL_ADDRESS; stays the same. */
  address: string;
  /** Starts it, again on the same database. */
  start(): Promise<void>;
  /** kill -9. */
  kill9(): Promise<void>;
  /** SIGSTOP holds it: connections stand, nothing answers. SIGCONT lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

/** Not started yet. */
export async function loneTemporal(folder: string): Promise<LoneTemporal> {
  const cli = await provideTemporal({ cli: process.env.FENGHUO_TEMPORAL_CLI, log: console.error });
  const port = await freePort();
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--log-level', 'error'];
  const place = ['--port', String(port), '--db-filename', join(folder, 'temporal.db')];
  let server: ServerProcess | null = null;
  return {
    address: `127.0.0.1:${port}`,
    async start() {
      server = await launch(cli, [...args, ...place], join(folder, 'temporal.log'));
      await untilServing(port, 'default', AbortSignal.timeout(60_000));
    },
    async kill9() {
      if (server) await endGroup(server.pid);
      server = null;
    },
    signal(signal) {
      if (server) process.kill(-server.pid, signal);
    },
  };
}
