import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { versionHere } from '../version-here.ts';
import { holdStopped, REGISTER, statePartsIn } from './data-folder-parts.ts';
import { keyringHere } from './keyring-here.ts';
import { noteTaken } from './note-taken.ts';
import { contentsOf } from './parts.ts';
import { BackupError } from './problem.ts';
import { mustBeRestored } from './restore-note.ts';
import { takeBackup, type Taken } from './take.ts';
import { whatIsInIt } from './what-is-in-it.ts';

/**
 * Backs up the embedded mode's data folder while it is stopped: register and Temporal's database, which nobody writes then, are at one point in
 * time. Throws {@link BackupError}.
 */
export async function backUpFolder(place: string, config: Config): Promise<Taken> {
  const keyring = await keyringHere(config);
  const data = await holdStopped(config.FENGHUO_DATA);
  try {
    await mustBeRestored(data);
    const names = await statePartsIn(data.path);
    if (!names.includes(REGISTER) || !names.includes('temporal.db'))
      throw new BackupError(
        'BACKUP_NOT_SET_UP',
        `${data.path} has no register with a Temporal database: set FENGHUO_DATA to the data folder of "npm start"`,
      );
    const incidents = await whatIsInIt({ dataDir: data.path, keyring });
    const taken = await takeBackup(place, { keyring, version: await versionHere() }, async (into) => {
      for (const name of names) await cp(data.file(name), join(into, name), { recursive: true });
      const takenAt = new Date().toISOString();
      const { TEMPORAL_NAMESPACE: namespace } = config;
      const contents = await contentsOf(into);
      return { kind: 'folder', postgres: null, database: null, namespace, incidents, takenAt, ...contents };
    });
    return { ...taken, unnoted: await noteTaken({ dataDir: data.path, keyring }, taken) };
  } finally {
    await data.release();
  }
}
