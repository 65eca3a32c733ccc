import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newApiKey } from '../src/api/auth.ts';
import { generateKey } from '../src/crypto/keyring.ts';
import { startEmbeddedTemporal } from '../src/temporal/embedded.ts';
import { provideTemporal } from '../src/temporal/provide.ts';
import type { FenghuoReady, FenghuoSetUp } from './fenghuo.ts';
import type { Opened } from './on-ground.ts';
import { startPart } from './part.ts';
import { MAIL_FROM, PLAN, type Standing } from './standing.ts';

export interface LayOptions {
  folder: string;
  smtpUrl: string;
  log: (line: string) => void;
  profile?: string | undefined;
}

/** The dev server on SQLite, and API, workers and PGlite in one process, as `npm start` has them. */
export async function layDev(options: LayOptions, opened: Opened): Promise<Standing> {
  const { folder, smtpUrl, log, profile } = options;
  const cli = await provideTemporal({ log });
  const namespace = 'default';
  const temporal = await startEmbeddedTemporal({ dataDir: folder, cli, namespace, log });
  opened.push(temporal.stop);
  const common = { namespace, keys: generateKey(), apiKey: newApiKey(), temporalAddress: temporal.address };
  const fenghuo = await startPart<FenghuoSetUp, FenghuoReady>(
    './fenghuo.ts',
    {
      ...common,
      smtpUrl,
      mailFrom: MAIL_FROM,
      planFile: PLAN,
      dataDir: join(folder, 'data'),
      logFile: join(folder, 'fenghuo.log'),
    },
    { profile },
  );
  opened.push(fenghuo.close);
  const version = execFileSync(cli, ['--version'], { encoding: 'utf8' }).trim();
  return {
    ...common,
    words: `dev server on SQLite (${version}), API, workers and register (PGlite) in one process`,
    address: fenghuo.ready.address,
    metrics: [],
    postgresUrl: null,
    processes: [
      { name: 'Temporal dev server', pid: () => serverPid(folder) },
      { name: 'Fenghuo: API, workers, PGlite', pid: () => fenghuo.pid },
    ],
  };
}

/** As the embedded server's own note has it. */
const serverPid = (folder: string): number =>
  (JSON.parse(readFileSync(join(folder, 'temporal.json'), 'utf8')) as { process: { pid: number } }).process
    .pid;
