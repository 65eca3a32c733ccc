import { pino } from 'pino';
import { admitApiKey } from '../src/api/auth.ts';
import { readConfig } from '../src/config.ts';
import { parseKeyring } from '../src/crypto/keyring.ts';
import { layFoundation } from '../src/foundation.ts';
import { runApi } from '../src/run-api.ts';
import { runWorker } from '../src/run-worker.ts';
import { installLogger } from '../src/temporal/logger.ts';
import { bundleWorkflows } from '../src/temporal/workflow-bundle.ts';
import { asPart } from './as-part.ts';
import { ORGANISATION } from './standing.ts';

export interface FenghuoSetUp {
  temporalAddress: string;
  namespace: string;
  smtpUrl: string;
  mailFrom: string;
  keys: string;
  apiKey: string;
  planFile: string;
  dataDir: string;
  logFile: string;
}

export interface FenghuoReady {
  /** Where the API listens. */
  address: string;
}

/** API and workers in one process with the register in a folder, as `npm start` runs them. */
asPart<FenghuoSetUp, FenghuoReady>(async (setUp) => {
  const log = pino({ name: 'bench-fenghuo' }, pino.destination(setUp.logFile));
  installLogger(log);
  const config = readConfig({
    PORT: '0',
    FENGHUO_PLAN: setUp.planFile,
    FENGHUO_ORGANISATION: ORGANISATION,
    TEMPORAL_NAMESPACE: setUp.namespace,
    MAIL_FROM: setUp.mailFrom,
  });
  const foundation = await layFoundation(config, {
    TEMPORAL_ADDRESS: setUp.temporalAddress,
    SMTP_URL: setUp.smtpUrl,
    FENGHUO_KEYS: parseKeyring(setUp.keys),
    dataDir: setUp.dataDir,
  });
  await admitApiKey(foundation.register, setUp.apiKey, 'bench');
  const api = await runApi(config, foundation, log);
  const workflowBundle = await bundleWorkflows();
  const worker = await runWorker(foundation, { publicUrl: api.address, workflowBundle, log });
  return {
    ready: { address: api.address },
    async close() {
      await api.stop();
      await worker.stop();
      await foundation.close();
    },
  };
});
