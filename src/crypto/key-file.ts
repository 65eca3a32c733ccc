import { randomBytes } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder, writeWhole } from '../durable-file.ts';
import { generateKey, parseKeyring, type Keyring } from './keyring.ts';

/** Why a key file cannot be changed so. Never shows a secret. */
export class KeyFileError extends Error {
  override name = 'KeyFileError';
}

const partsOf = (text: string): string[] => text.split(',').map((part) => part.trim());
const idOf = (part: string): string => part.slice(0, part.indexOf(':'));

/** A key more, at the end: known from the next start on, and nothing is encrypted with it yet. */
export function withKey(text: string, id: string): string {
  if (partsOf(text).some((part) => idOf(part) === id))
    throw new KeyFileError(`there is a key "${id}" already`);
  return [...partsOf(text), generateKey(id)].join(',');
}

/** The key `id` as the first: from the next start on new data is encrypted with it. */
export function withCurrent(text: string, id: string): string {
  const parts = partsOf(text);
  const first = parts.find((part) => idOf(part) === id);
  if (!first) throw unknown(id);
  return [first, ...parts.filter((part) => part !== first)].join(',');
}

/** All keys but `id`: whatever is still encrypted with it cannot be read from the next start on. */
export function withoutKey(text: string, id: string): string {
  const parts = partsOf(text);
  if (!parts.some((part) => idOf(part) === id)) throw unknown(id);
  if (idOf(parts[0]!) === id) throw new KeyFileError(`"${id}" is the current key: promote another one first`);
  return parts.filter((part) => idOf(part) !== id).join(',');
}

/** `k3` where `k2` is the highest number so far. */
export function nextId({ ids }: Keyring): string {
  const numbers = ids.map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
  return `k${Math.max(0, ...numbers) + 1}`;
}

const unknown = (id: string): KeyFileError => new KeyFileError(`there is no key "${id}"`);

/**
 * Changes a key file as a whole: a kill or a power cut leaves the old file or the new one. The old one is kept beside it, and its
 * path is given. Throws {@link KeyFileError} or what the file system says; nothing is changed then.
 */
export async function changeKeyFile(
  path: string,
  change: (text: string) => string,
): Promise<{ keyring: Keyring; backup: string }> {
  const before = (await readFile(path, 'utf8')).trim();
  const after = change(before);
  const keyring = parseKeyring(after);
  const suffix = `${new Date().toISOString().replace(/[-:.]/g, '')}.${randomBytes(2).toString('hex')}`;
  const backup = `${path}.before-${suffix}`;
  await writeWhole(backup, before);
  const fresh = `${path}.${suffix}.tmp`;
  try {
    await writeWhole(fresh, after);
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return { keyring, backup };
}
