import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { syncFolder } from '../durable-file.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { writeManifest, type Described, type Manifest } from './manifest.ts';

/** What copies into a folder, and tells what it copied and when it had. */
export type Copy = (into: string) => Promise<Omit<Described, 'begunAt' | 'version'>>;

export interface Taken {
  folder: string;
  manifest: Manifest;
  /** Why the register could not be told of it; null where it was. */
  unnoted: string | null;
}

/**
 * A back-up below `place`, in a folder named after its time: all of it or nothing. Folders are for this user alone.
 * Throws what `copy` throws; what it had copied is removed then.
 */
export async function takeBackup(
  place: string,
  { keyring, version }: { keyring: Keyring; version: string },
  copy: Copy,
): Promise<Omit<Taken, 'unnoted'>> {
  const begunAt = new Date().toISOString();
  const folder = join(resolve(place), `fenghuo-${begunAt.replace(/[-:]/g, '').replace(/\.\d+/, '')}`);
  const unfinished = `${folder}.unfinished`;
  await mkdir(resolve(place), { recursive: true, mode: 0o700 });
  await mkdir(unfinished, { mode: 0o700 });
  try {
    const copied = await copy(unfinished);
    const manifest = await writeManifest(unfinished, { ...copied, begunAt, version }, keyring);
    await rename(unfinished, folder);
    await syncFolder(resolve(place));
    return { folder, manifest };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}
