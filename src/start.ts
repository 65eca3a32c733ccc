import { destination, pino, type DestinationStream } from 'pino';
import { admitApiKey, newApiKey } from './api/auth.ts';
import { firstAdministrator } from './api/first-administrator.ts';
import { startMailbox } from './channels/mailbox/mailbox.ts';
import { readConfig, type Config } from './config.ts';
import { generateKey, parseKeyring } from './crypto/keyring.ts';
import { mustBeRestored } from './backup/restore-note.ts';
import { openDataFolder } from './data-folder.ts';
import { servedBy } from './activities/compose.ts';
import { layFoundation } from './foundation.ts';
import { runMetrics } from './metrics/run-metrics.ts';
import { sdkMetrics } from './metrics/sdk-metrics.ts';
import { unfilledParties } from './people/organisation.ts';
import { publicUrlOf } from './public-url.ts';
import { runApi } from './run-api.ts';
import { runWorker } from './run-worker.ts';
import { startEmbeddedTemporal } from './temporal/embedded.ts';
import { installLogger } from './temporal/logger.ts';
import { provideTemporal } from './temporal/provide.ts';
import { cachedWorkflowBundle } from './temporal/workflow-bundle.ts';
import { tracingOf } from './tracing/tracing.ts';
import { failStart, toldToStop } from './until-told.ts';

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

const say = (line: string): void => console.log(line);
// Whoever read it may be gone (`npm start | head`, a closed terminal): that stops nothing.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

/** Everything in one process, on what the machine has: `npm start`. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const stopped = toldToStop();
  const data = await openDataFolder(config.FENGHUO_DATA);
  // Undone in the opposite order, whether the start succeeds or not.
  const opened: (() => Promise<unknown>)[] = [() => data.release()];
  const stop = async (): Promise<void> => {
    for (const close of opened.reverse()) await close();
  };
  try {
    await mustBeRestored(data);
    const log = pino({ name: 'fenghuo' }, logFile(data.file('fenghuo.log')));
    const metrics = await runMetrics(config);
    if (metrics) opened.push(() => metrics.close());
    installLogger(log, metrics ? await sdkMetrics(metrics) : undefined);
    const tracing = await tracingOf(config, 'fenghuo');
    if (tracing) opened.push(() => tracing.stop());
    const keyring = config.FENGHUO_KEYS ?? parseKeyring(await data.secretFile('keys', () => generateKey()));
    const apiKey = config.FENGHUO_API_KEY ?? (await data.secretFile('api-key', newApiKey));

    // The slow parts side by side: server, workflows, mailbox.
    const [temporal, workflowBundle, mailbox] = await Promise.all([
      provideServer(config, data.path),
      cachedWorkflowBundle(data.file('cache'), { tracing: tracing !== null }),
      config.SMTP_URL
        ? null
        : startMailbox({ dir: data.file('mailbox'), pagePort: config.PORT && config.PORT + 1 }),
    ]);
    opened.push(async () => temporal.stop?.());
    if (mailbox) opened.push(() => mailbox.close());

    const foundation = await layFoundation(
      config,
      {
        TEMPORAL_ADDRESS: temporal.address,
        SMTP_URL: config.SMTP_URL ?? mailbox!.smtpUrl,
        FENGHUO_KEYS: keyring,
        dataDir: data.path,
      },
      tracing,
    );
    opened.push(() => foundation.close());
    await admitApiKey(foundation.register, apiKey, 'first key');

    const admin = await firstAdministrator(foundation.register, foundation.organisation);

    const api = await runApi(config, foundation, log, metrics);
    const publicUrl = config.PUBLIC_URL ? publicUrlOf(config) : api.address;
    if (!config.PUBLIC_URL && !isLoopback(config.HOST)) {
      say(
        `PUBLIC_URL is not set: receipt links lead to ${publicUrl}, which nobody outside this machine can open.`,
      );
    }
    const worker = await Promise.race([
      runWorker(foundation, {
        publicUrl,
        workflowBundle,
        log,
        metrics,
        tracing,
        beatEveryMs: config.WATCH_BEAT_SECONDS * 1_000,
      }),
      stopped.then(() => null),
    ]);
    if (!worker) return;
    opened.push(
      () => worker.stop(),
      () => api.stop(), // the first to stop: nothing is accepted that is not yet on its way
    );

    for (const { name } of unfilledParties(
      foundation.plan,
      foundation.organisation,
      servedBy(foundation.channels),
    ))
      say(`Nobody can be told as: ${name}`);
    const { title, pin } = foundation.plan;
    say(`
Fenghuo 烽火 runs. Ctrl-C stops it.

  Address     ${api.address}        API: ${api.address}/api/docs
  Mailbox     ${mailbox?.pageUrl ?? 'none: mail goes to SMTP_URL'}
  Temporal    ${temporal.uiUrl ?? temporal.address}${temporal.adopted ? '   (had survived, taken over)' : ''}
  API key     ${apiKey}
  Plan        ${title} (${pin.key} ${pin.edition})
  Data        ${data.path}
`);
    if (admin)
      say(`  First administrator: ${admin.name}, one-time password ${admin.oneTimePassword} (shown this once)
`);
    await Promise.race([stopped, worker.done]);
    say('Stopping …');
  } finally {
    await stop();
  }
}

/** How much may wait to be written: a log is no reason to run out of memory. */
const LOG_WAITING_BYTES = 1024 * 1024;

/** A log that never stops the system: while the disk is full its lines wait, and what is too much is dropped. */
function logFile(path: string): DestinationStream {
  const file = destination({ dest: path, mode: 0o600, sync: false, maxLength: LOG_WAITING_BYTES });
  file.on('error', () => undefined);
  return file;
}

interface Server {
  address: string;
  uiUrl?: string;
  adopted?: boolean;
  stop?(): Promise<void>;
}

async function provideServer(config: Config, dataDir: string): Promise<Server> {
  if (config.TEMPORAL_ADDRESS) return { address: config.TEMPORAL_ADDRESS };
  const cli = await provideTemporal({ log: say, cli: config.FENGHUO_TEMPORAL_CLI });
  return startEmbeddedTemporal({ dataDir, cli, namespace: config.TEMPORAL_NAMESPACE, log: say });
}

await main().catch(failStart);
process.exit(0);
