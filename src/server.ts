import { pino } from 'pino';
import { admitApiKey } from './api/auth.ts';
import { readConfig } from './config.ts';
import { layFoundation, mustBeProvided } from './foundation.ts';
import { runApi } from './run-api.ts';
import { failStart, toldToStop } from './until-told.ts';

/** The API on its own, beside workers in other processes. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ name: 'fenghuo-api' });
  const foundation = await layFoundation(config, mustBeProvided(config));
  if (config.FENGHUO_API_KEY)
    await admitApiKey(foundation.register, config.FENGHUO_API_KEY, 'FENGHUO_API_KEY');
  const api = await runApi(config, foundation, log);
  log.info({ address: api.address }, 'API listens');
  await toldToStop();
  await api.stop();
  await foundation.close();
}

await main().catch(failStart);
