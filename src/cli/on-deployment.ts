import type { Client } from '@temporalio/client';
import { readConfig, type Config } from '../config.ts';
import { createClient } from '../temporal/connect.ts';
import { createDataConverter } from '../temporal/data-converter.ts';
import { temporalAt } from '../temporal-at.ts';
import { versionOf } from '../temporal/worker-version.ts';
import { refusalLines, Refused } from './refused.ts';

const PATIENCE_MS = 10_000;

/** What commands of `fenghuo rollout` work on. */
export interface OnDeployment {
  client: Client;
  config: Config;
  /** The deployment's name, and the version that these settings are. */
  deployment: string;
  buildId: string;
  /** Asks Temporal, for some seconds at most. */
  asked<T>(work: () => Promise<T>): Promise<T>;
}

/** Runs `work` on the deployment that the settings name. Gives its exit status, 1 when it was refused; throws what the client throws. */
export async function onDeployment(work: (on: OnDeployment) => Promise<number>): Promise<number> {
  const config = readConfig(process.env);
  const version = versionOf(config);
  try {
    if (!version || !config.TEMPORAL_ADDRESS || !config.FENGHUO_KEYS) throw unversioned();
    const at = temporalAt(config, config.TEMPORAL_ADDRESS);
    const client = await createClient(at, createDataConverter(config.FENGHUO_KEYS));
    const asked = <T>(ask: () => Promise<T>): Promise<T> =>
      client.withDeadline(Date.now() + PATIENCE_MS, ask);
    try {
      return await work({
        client,
        config,
        deployment: version.deploymentName,
        buildId: version.buildId,
        asked,
      });
    } finally {
      await client.connection.close();
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(refusalLines(error.problem).join('\n'));
    return 1;
  }
}

const unversioned = (): Refused =>
  new Refused({
    code: 'NO_DEPLOYMENT',
    title: '工作进程未按版本运行',
    detail:
      'WORKER_DEPLOYMENT, WORKER_BUILD_ID, TEMPORAL_ADDRESS and FENGHUO_KEYS are not all set here. The embedded mode has no versions: nothing is to be rolled out.',
  });
