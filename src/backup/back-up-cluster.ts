import type { Config } from '../config.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { createClient } from '../temporal/connect.ts';
import { createDataConverter } from '../temporal/data-converter.ts';
import { temporalAt } from '../temporal-at.ts';
import { versionHere } from '../version-here.ts';
import { noteTaken } from './note-taken.ts';
import { mustBeOneCluster } from './one-cluster.ts';
import { BackupError } from './problem.ts';
import { takeBackup, type Taken } from './take.ts';
import { takeCluster } from './take-cluster.ts';
import { whatIsInIt } from './what-is-in-it.ts';

const PATIENCE_MS = 10_000;

/**
 * Backs up register and Temporal's databases while everything runs: one base backup of the PostgreSQL server they lie on, as if its power
 * had failed at that instant. Throws {@link BackupError}.
 */
export async function backUpCluster(place: string, config: Config): Promise<Taken> {
  const { DATABASE_URL: databaseUrl, BACKUP_DATABASE_URL: superuserUrl, FENGHUO_KEYS: keyring } = config;
  const settings = { BACKUP_DATABASE_URL: superuserUrl, DATABASE_URL: databaseUrl, FENGHUO_KEYS: keyring };
  if (!superuserUrl || !databaseUrl || !keyring) throw notSetUp(settings);
  const namespace = await namespaceOf(config, keyring);
  const { major, database } = await mustBeOneCluster({ superuserUrl, databaseUrl, namespace });
  const taken = await takeBackup(place, { keyring, version: await versionHere() }, async (into) => {
    // Before the copy: what is said of it must be in it.
    const incidents = await whatIsInIt({ databaseUrl, keyring });
    const copied = await takeCluster(into, { superuserUrl, major });
    return { kind: 'cluster', postgres: major, database, namespace: namespace.name, incidents, ...copied };
  });
  return { ...taken, unnoted: await noteTaken({ databaseUrl, keyring }, taken) };
}

async function namespaceOf(config: Config, keyring: Keyring): Promise<{ name: string; id: string }> {
  const at = temporalAt(config, config.TEMPORAL_ADDRESS!);
  const client = await createClient(at, createDataConverter(keyring));
  try {
    const { namespaceInfo } = await client.withDeadline(Date.now() + PATIENCE_MS, () =>
      client.workflowService.describeNamespace({ namespace: at.namespace }),
    );
    return { name: at.namespace, id: namespaceInfo!.id! };
  } catch (cause) {
    const said = (cause as { details?: string }).details ?? (cause as Error).message;
    throw new BackupError(
      'BACKUP_FAILED',
      `Temporal at ${at.address} does not say where the namespace "${at.namespace}" lies (${said}): back up while it runs`,
      { cause },
    );
  } finally {
    await client.connection.close();
  }
}

const notSetUp = (settings: Record<string, unknown>): BackupError => {
  const missing = Object.entries(settings).filter(([, value]) => !value);
  const names = missing.map(([name]) => `${name} (or ${name}_FILE)`).join(', ');
  return new BackupError(
    'BACKUP_NOT_SET_UP',
    `set ${names}; BACKUP_DATABASE_URL is the PostgreSQL server as its superuser, which may copy all of its databases at once`,
  );
};
