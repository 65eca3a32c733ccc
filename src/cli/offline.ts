import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { mustBeRestored } from '../backup/restore-note.ts';
import type { Config } from '../config.ts';
import { parseKeyring } from '../crypto/keyring.ts';
import { DataFolderError, openDataFolder } from '../data-folder.ts';
import { openRegister, type Register } from '../store/open.ts';

/**
 * Does `work` on the register itself, without a server: under the data folder's lock, since PGlite has one process at a time, or on
 * `DATABASE_URL`. Throws when a running server holds the folder.
 */
export async function onRegister<T>(
  config: Config,
  work: (register: Register) => Promise<T>,
  whenHeld = "Give the running server's PORT to ask it instead.",
): Promise<T> {
  const data = config.DATABASE_URL ? null : await lockFolder(config.FENGHUO_DATA, whenHeld);
  try {
    if (data) await mustBeRestored(data);
    const register = await openRegister({
      databaseUrl: config.DATABASE_URL,
      dataDir: data?.path,
      keyring:
        config.FENGHUO_KEYS ??
        parseKeyring((await readFile(join(resolve(config.FENGHUO_DATA), 'keys'), 'utf8')).trim()),
    });
    try {
      return await work(register);
    } finally {
      await register.close();
    }
  } finally {
    await data?.release();
  }
}

const lockFolder = (folder: string, whenHeld: string) =>
  openDataFolder(folder).catch((error: unknown) => {
    if (!(error instanceof DataFolderError)) throw error;
    throw new Error(`${error.message} ${whenHeld}`, { cause: error });
  });
