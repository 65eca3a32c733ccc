import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { WorkflowBundle } from '@temporalio/worker';
import { pino } from 'pino';
import { readConfig, type Config } from '../../src/config.ts';
import { generateKey, parseKeyring } from '../../src/crypto/keyring.ts';
import { layFoundation, type Foundation } from '../../src/foundation.ts';
import { runApi } from '../../src/run-api.ts';
import { runWorker, type RunningWorker } from '../../src/run-worker.ts';
import { installLogger } from '../../src/temporal/logger.ts';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle.ts';
import { startSmtp, type Smtp } from '../harness/smtp.ts';
import { loneTemporal, type LoneTemporal } from '../harness/temporal.ts';
import { until } from '../harness/until.ts';

/** The dead-man's switch on a real server: an API whose worker, and whose Temporal, goes away and comes back. */
jest.setTimeout(240_000);

const log = pino({ enabled: false });
const SILENT = '【烽火】系统已停止处理，请立即查看';
const OVER = '【烽火】系统已恢复处理';

let folder: string;
let temporal: LoneTemporal;
let notices: Smtp;
let second: Smtp;
let config: Config;
let foundation: Foundation;
let api: { address: string; stop(): Promise<void> };
let workflowBundle: WorkflowBundle;
let worker: RunningWorker | null = null;
beforeAll(async () => {
  installLogger(log);
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-watch-'));
  [temporal, notices, second] = await Promise.all([loneTemporal(folder), startSmtp(), startSmtp()]);
  await temporal.start();
  config = readConfig({
    PORT: '0',
    WATCH_BEAT_SECONDS: '1',
    WATCH_AFTER_SECONDS: '15',
    WATCH_SMTP_URL: second.url,
    WATCH_MAIL_TO: 'admin-1@example.invalid',
  });
  foundation = await layFoundation(config, {
    TEMPORAL_ADDRESS: temporal.address,
    SMTP_URL: notices.url,
    FENGHUO_KEYS: parseKeyring(generateKey()),
    dataDir: folder,
  });
  workflowBundle = await bundleWorkflows();
  api = await runApi(config, foundation, log);
});
afterAll(async () => {
  await api?.stop();
  await worker?.stop();
  await foundation?.close();
  await temporal?.kill9();
  await Promise.all([notices?.close(), second?.close()]);
  await rm(folder, { recursive: true, force: true });
});

const startWorker = async (): Promise<void> => {
  worker = await runWorker(foundation, {
    publicUrl: api.address,
    workflowBundle,
    log,
    beatEveryMs: config.WATCH_BEAT_SECONDS * 1_000,
  });
};

const told = (count: number): Promise<string[]> =>
  until(`${count} mails by the second route`, async () => {
    const subjects = second.messages.map(({ subject }) => subject);
    return subjects.length >= count && subjects;
  });

const status = async (): Promise<number> => (await fetch(`${api.address}/watchz`)).status;

/** `fenghuo watch` as cron calls it: how it ended, and what it printed. */
const fenghuoWatch = (...words: string[]) =>
  promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'src/cli.ts', 'watch', '--url', api.address, ...words],
    {
      env: {
        PATH: process.env.PATH,
        WATCH_SMTP_URL: second.url,
        WATCH_MAIL_TO: 'cron@example.invalid',
      },
    },
  ).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );

test('a worker that is gone is told by the second route, and that it is back', async () => {
  await startWorker();
  await until('beats come', async () => (await status()) === 200);
  expect(await fenghuoWatch()).toMatchObject({ code: 0, stdout: expect.stringContaining(': processing') });
  expect(second.messages).toEqual([]);

  await worker!.stop();
  worker = null;
  expect(await told(1)).toEqual([SILENT]);
  expect(second.messages[0]!.text).toContain('Temporal 服务：正常');
  expect(await status()).toBe(503);

  const cron = await fenghuoWatch('--say');
  expect(cron).toMatchObject({ code: 1, stdout: expect.stringContaining('NOT PROCESSING') });
  expect((await told(2)).at(-1)).toBe(SILENT);
  expect(second.messages.at(-1)).toMatchObject({ to: 'cron@example.invalid' });

  await startWorker();
  expect((await told(3)).at(-1)).toBe(OVER);
  expect(await status()).toBe(200);
  // The route of notices was never used for it.
  expect(notices.messages).toEqual([]);
});

test('a Temporal that is gone as well', async () => {
  const before = second.messages.length;
  await temporal.kill9();
  expect((await told(before + 1)).at(-1)).toBe(SILENT);
  expect(second.messages.at(-1)!.text).toContain('Temporal 服务：无应答');
  await temporal.start();
  expect((await told(before + 2)).at(-1)).toBe(OVER);
  expect(second.messages).toHaveLength(before + 2);
});
