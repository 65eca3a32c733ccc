import { pino } from 'pino';
import { readConfig } from './config.ts';
import { layFoundation, mustBeProvided } from './foundation.ts';
import { publicUrlOf } from './public-url.ts';
import { runWorker } from './run-worker.ts';
import { installLogger } from './temporal/logger.ts';
import { bundleWorkflows } from './temporal/workflow-bundle.ts';
import { failStart, toldToStop } from './until-told.ts';

/** A worker on its own: as many as needed beside as many APIs, on PostgreSQL and a Temporal cluster. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ name: 'fenghuo-worker' });
  installLogger(log);
  const foundation = await layFoundation(config, mustBeProvided(config));
  const worker = await runWorker(foundation, {
    publicUrl: publicUrlOf(config),
    workflowBundle: await bundleWorkflows(),
    log,
  });
  log.info('worker runs');
  await Promise.race([toldToStop(), worker.done]);
  await worker.stop();
  await foundation.close();
}

await main().catch(failStart);
