import { createHmac } from 'node:crypto';
import type { Keyring } from '../crypto/keyring.ts';
import { BackupError } from './problem.ts';

/** A key by its id, and a mark that another secret under that id has not. Nobody gets the key from the mark. */
export interface KeyMark {
  id: string;
  mark: string;
}

/** The marks of all keys that are in force, the current one first. */
export const keyMarks = (keyring: Keyring): KeyMark[] =>
  keyring.ids.map((id) => ({ id, mark: markOf(keyring, id) }));

const markOf = (keyring: Keyring, id: string): string =>
  createHmac('sha256', keyring.key('backup', id)).update('mark').digest('hex').slice(0, 16);

/** Throws {@link BackupError} `BACKUP_KEYS_MISSING` naming the keys that are not at hand, or are others under the same id. */
export function mustHaveKeys(needed: readonly KeyMark[], keyring: Keyring): void {
  const missing = needed.filter(({ id }) => !keyring.ids.includes(id)).map(({ id }) => id);
  const others = needed
    .filter(({ id, mark }) => keyring.ids.includes(id) && markOf(keyring, id) !== mark)
    .map(({ id }) => id);
  if (missing.length + others.length === 0) return;
  const said = [
    ...(missing.length > 0 ? [`it needs the keys ${missing.join(', ')}, which are not here`] : []),
    ...(others.length > 0 ? [`the keys ${others.join(', ')} here are others of the same name`] : []),
  ].join('; ');
  throw new BackupError(
    'BACKUP_KEYS_MISSING',
    `${said}. Put the keys of the back-up's time into FENGHUO_KEYS, its file or the data folder's "keys" first: without them nothing sealed can be read and no incident goes on.`,
  );
}
