import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/temporal/serving.ts';
import { createHttp, type Http } from '../harness/http.ts';
import { smallDisk, type SmallDisk } from '../harness/small-disk.ts';
import { startSmtp, type Smtp } from '../harness/smtp.ts';
import { loneTemporal, type LoneTemporal } from '../harness/temporal.ts';
import { openLink, type Link } from './link.ts';
import { ourProcess, type OurProcess } from './our-process.ts';
import { createOutages, type Outages } from './outages.ts';
import { makePostgres, type Postgres } from './postgres.ts';

/** API, worker, Temporal, PostgreSQL and a mail server, each of which can be killed or held by itself. */
export interface World extends Http {
  url: string;
  api: OurProcess;
  worker: OurProcess;
  temporal: LoneTemporal;
  postgres: Postgres;
  /** Between ours and PostgreSQL. */
  link: Link;
  smtp: Smtp;
  /** While on, every recipient waits for its answer. */
  holdMail(on: boolean): void;
  /** How many have waited since it was last on. */
  held(): number;
  /** Null where this user may not make one: the disk is then never full. */
  disk: SmallDisk | null;
  /** Sets the clocks of API and worker, by seconds off; null where that cannot be done here. */
  setClocks: ((seconds: number) => void) | null;
  outages: Outages;
  /** Where everything logs. */
  folder: string;
  leave(keep: boolean): Promise<void>;
}

const FAKETIME = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
];

/** Starts them all. `node` is more of what API and worker are started with: how a build is broken on purpose. */
export async function startWorld({ node }: { node: string[] }): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-faults-'));
  let held: Promise<void> | undefined;
  let letGo = (): void => undefined;
  let waiting = 0;
  const onRcpt = () => {
    if (held) waiting += 1;
    return held;
  };
  const disk = smallDisk('500m');
  const postgres = await makePostgres(disk?.path ?? folder, join(folder, 'postgres.log'));
  await postgres.start();
  const [smtp, temporal, link] = await Promise.all([
    startSmtp({ onRcpt }),
    loneTemporal(folder),
    openLink({ host: '127.0.0.1', port: postgres.port }),
  ]);
  await temporal.start();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const apiKey = `fault-suite-${randomBytes(12).toString('hex')}`;
  const clock = join(folder, 'clock');
  const faketime = FAKETIME.find((path) => existsSync(path));
  writeFileSync(clock, '+0s');
  const env: Record<string, string> = {
    TEMPORAL_ADDRESS: temporal.address,
    SMTP_URL: smtp.url,
    FENGHUO_KEYS: `faults:${randomBytes(32).toString('base64')}`,
    DATABASE_URL: postgres.url(link.port),
    PUBLIC_URL: url,
    PORT: String(port),
    FENGHUO_API_KEY: apiKey,
    FENGHUO_PLAN: 'test/plans/faults.yaml',
    FENGHUO_CACHE: join(folder, 'cache'),
    ...(faketime
      ? {
          LD_PRELOAD: faketime,
          FAKETIME_TIMESTAMP_FILE: clock,
          FAKETIME_CACHE_DURATION: '1',
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
        }
      : {}),
  };
  const api = ourProcess({
    file: 'src/server.ts',
    says: 'API listens',
    env,
    log: join(folder, 'api.log'),
    node,
  });
  const worker = ourProcess({
    file: 'src/worker.ts',
    says: 'worker runs',
    env,
    log: join(folder, 'worker.log'),
    node,
  });
  await worker.start();
  await api.start();
  return {
    ...createHttp(url, apiKey),
    url,
    api,
    worker,
    temporal,
    postgres,
    link,
    smtp,
    disk,
    folder,
    holdMail(on) {
      letGo();
      if (on) waiting = 0;
      held = on ? new Promise((done) => (letGo = done)) : undefined;
    },
    held: () => waiting,
    setClocks: faketime ? (seconds) => writeFileSync(clock, `${seconds < 0 ? '' : '+'}${seconds}s`) : null,
    outages: createOutages(),
    async leave(keep) {
      await Promise.all([api.kill9(), worker.kill9(), temporal.kill9(), postgres.kill9()]);
      await Promise.all([link.close(), smtp.close()]);
      disk?.remove();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}
