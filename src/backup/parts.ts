import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from './manifest.ts';
import { BackupError } from './problem.ts';

type Part = Manifest['parts'][number];

/** A file of a back-up by its path in `folder`, with its SHA-256. */
export async function partOf(folder: string, path: string): Promise<Part> {
  const hash = createHash('sha256');
  const file = join(folder, path);
  await pipeline(createReadStream(file), hash);
  return { path, bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

/** All files below `folder`, and all folders: some that are empty have to be there. Sorted, with slashes. */
export async function treeOf(folder: string): Promise<{ files: string[]; folders: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const named = entries.map((entry) => ({
    isFolder: entry.isDirectory(),
    path: join(entry.parentPath, entry.name).slice(folder.length + 1),
  }));
  const paths = (isFolder: boolean) =>
    named
      .filter((one) => one.isFolder === isFolder)
      .map(({ path }) => path)
      .sort();
  return { files: paths(false), folders: paths(true) };
}

/** Throws {@link BackupError} `BACKUP_DAMAGED` naming the parts that are not there or not as they were written. */
export async function verifyParts(folder: string, parts: readonly Part[]): Promise<void> {
  const bad: string[] = [];
  for (const part of parts) {
    const there = await partOf(folder, part.path).catch(() => null);
    if (!there) bad.push(`${part.path} is missing`);
    else if (there.bytes !== part.bytes) bad.push(`${part.path} has ${there.bytes} bytes, not ${part.bytes}`);
    else if (there.sha256 !== part.sha256) bad.push(`${part.path} was changed`);
  }
  if (bad.length === 0) return;
  const more = bad.length > 5 ? `, and ${bad.length - 5} more` : '';
  throw new BackupError('BACKUP_DAMAGED', `${bad.slice(0, 5).join(', ')}${more}: use another back-up`);
}
