import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { parseKeyring, type Keyring } from '../crypto/keyring.ts';
import { BackupError } from './problem.ts';

/** The keys of the settings, else of the data folder. Throws {@link BackupError} `BACKUP_KEYS_MISSING` where there are none. */
export async function keyringHere({ FENGHUO_KEYS, FENGHUO_DATA }: Config): Promise<Keyring> {
  if (FENGHUO_KEYS) return FENGHUO_KEYS;
  const file = join(resolve(FENGHUO_DATA), 'keys');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new BackupError(
      'BACKUP_KEYS_MISSING',
      `there are no keys here: set FENGHUO_KEYS or FENGHUO_KEYS_FILE, or put ${file} back from where keys are kept`,
      { cause },
    );
  });
  return parseKeyring(text.trim());
}
