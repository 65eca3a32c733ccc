import { pino } from 'pino';
import { servedBy } from './activities/compose.ts';
import { admitApiKey } from './api/auth.ts';
import { readConfig } from './config.ts';
import { layFoundation, mustBeProvided } from './foundation.ts';
import { unfilledParties } from './people/organisation.ts';
import { runApi } from './run-api.ts';
import { runMetrics } from './metrics/run-metrics.ts';
import { tracingOf } from './tracing/tracing.ts';
import { failStart, toldToStop } from './until-told.ts';

/** The API on its own, beside workers in other processes. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const stopped = toldToStop();
  const log = pino({ name: 'fenghuo-api' });
  const tracing = await tracingOf(config, 'fenghuo-api');
  const foundation = await layFoundation(config, mustBeProvided(config), tracing);
  if (config.FENGHUO_API_KEY)
    await admitApiKey(foundation.register, config.FENGHUO_API_KEY, 'FENGHUO_API_KEY');
  const metrics = await runMetrics(config);
  const api = await runApi(config, foundation, log, metrics);
  log.info({ address: api.address }, 'API listens');
  const { plan, organisation, channels } = foundation;
  for (const { name } of unfilledParties(plan, organisation, servedBy(channels)))
    log.warn(`Nobody can be told as: ${name}`);
  await stopped;
  log.info('API takes no more; what is under way ends');
  await api.stop();
  await metrics?.close();
  await foundation.close();
  await tracing?.stop();
}

await main().catch(failStart);
process.exit(0);
