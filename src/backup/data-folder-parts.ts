import { readdir } from 'node:fs/promises';
import { openDataFolder, DataFolderError, type DataFolder } from '../data-folder.ts';
import { findServers } from '../temporal/server-process.ts';
import { BackupError } from './problem.ts';

/** The register's folder, and Temporal's database with what SQLite keeps beside it. */
export const REGISTER = 'register';
export const TEMPORAL = ['temporal.db', 'temporal.db-wal', 'temporal.db-shm', 'temporal.db-journal'];

/** What of the state of the embedded mode lies in `folder`. */
export async function statePartsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name === REGISTER || TEMPORAL.includes(name));
}

/**
 * Holds the data folder while nothing runs on it: neither Fenghuo nor a Temporal that survived it. Throws {@link BackupError}
 * `BACKUP_RUNNING`.
 */
export async function holdStopped(path: string): Promise<DataFolder> {
  const data = await openDataFolder(path).catch((error: unknown) => {
    if (!(error instanceof DataFolderError) || error.code !== 'DATA_FOLDER_IN_USE') throw error;
    throw running(error.message, error);
  });
  const [server] = await findServers(data.file('temporal.db'));
  if (!server) return data;
  await data.release();
  throw running(
    `Temporal (pid ${server.pid}) still runs on ${data.path}: start Fenghuo once and stop it with Ctrl-C`,
  );
}

const running = (message: string, cause?: Error): BackupError =>
  new BackupError(
    'BACKUP_RUNNING',
    `${message}. Timers are Temporal's and fire when it is back: it may be stopped for the minute that this takes`,
    { cause },
  );
