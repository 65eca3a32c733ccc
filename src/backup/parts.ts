import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import type { Manifest } from './manifest.ts';
import { BackupError } from './problem.ts';

type Part = Manifest['parts'][number];

/** All that a back-up puts in place: its files, each with its SHA-256, and its folders. */
export type Contents = Pick<Manifest, 'parts' | 'folders'>;

/** A file of a back-up by its path in `folder`, with its SHA-256. */
async function partOf(folder: string, path: string): Promise<Part> {
  const hash = createHash('sha256');
  const file = join(folder, path);
  await pipeline(createReadStream(file), hash);
  return { path, bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

/** A server has thousands of small files. */
const AT_A_TIME = 8;

function partsOf(folder: string, paths: readonly string[]): Promise<Part[]> {
  const limit = pLimit(AT_A_TIME);
  return Promise.all(paths.map((path) => limit(() => partOf(folder, path))));
}

/** What lies below a folder, by path: files, folders (some that are empty have to be there), and what is neither. */
export interface Tree {
  files: string[];
  folders: string[];
  /** Links, sockets and the like: what is read through them lies elsewhere, and may be another thing the next moment. */
  others: string[];
}

/** All below `folder`, sorted, with slashes. No link is followed. */
export async function treeOf(folder: string): Promise<Tree> {
  const tree: Tree = { files: [], folders: [], others: [] };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const kind = entry.isDirectory() ? 'folders' : entry.isFile() ? 'files' : 'others';
    tree[kind].push(join(entry.parentPath, entry.name).slice(folder.length + 1));
  }
  for (const paths of Object.values(tree) as string[][]) paths.sort();
  return tree;
}

/** Everything below `folder`. Throws {@link BackupError} `BACKUP_FAILED` where something there is neither a file nor a folder. */
export async function contentsOf(folder: string): Promise<Contents> {
  const { files, folders, others } = await treeOf(folder);
  if (others.length > 0)
    throw new BackupError(
      'BACKUP_FAILED',
      `${firstOf(others)} is neither a file nor a folder: what a link leads to (a tablespace of PostgreSQL's) would not be in the back-up; move it into the data folder`,
    );
  return { parts: await partsOf(folder, files), folders };
}

/** Of a back-up's contents those below one of its folders, by their paths in there. */
export function contentsBelow({ parts, folders }: Contents, folder: string): Contents {
  const start = `${folder}/`;
  const isBelow = (path: string): boolean => path.startsWith(start);
  return {
    parts: parts
      .filter(({ path }) => isBelow(path))
      .map((part) => ({ ...part, path: part.path.slice(start.length) })),
    folders: folders.filter(isBelow).map((path) => path.slice(start.length)),
  };
}

/**
 * Sees that exactly these contents lie in `folder`, but for the files `besides`. Throws {@link BackupError} `BACKUP_DAMAGED` naming what is
 * missing, too many, or not as it was written.
 */
export async function verifyContents(
  folder: string,
  { parts, folders }: Contents,
  besides: readonly string[] = [],
): Promise<void> {
  const there = await treeOf(folder);
  const bad = there.others.map((path) => `${path} is neither a file nor a folder`);
  const known = new Set([...parts.map(({ path }) => path), ...folders, ...besides]);
  for (const path of [...there.files, ...there.folders])
    if (!known.has(path)) bad.push(`${path} is not of this back-up`);
  const isThere = new Set(there.folders);
  for (const path of folders) if (!isThere.has(path)) bad.push(`${path} is missing`);
  const asNow = new Map((await partsOf(folder, there.files)).map((part) => [part.path, part]));
  for (const part of parts) {
    const now = asNow.get(part.path);
    if (!now) bad.push(`${part.path} is missing`);
    else if (now.bytes !== part.bytes) bad.push(`${part.path} has ${now.bytes} bytes, not ${part.bytes}`);
    else if (now.sha256 !== part.sha256) bad.push(`${part.path} was changed`);
  }
  if (bad.length > 0) throw new BackupError('BACKUP_DAMAGED', `${firstOf(bad)}: use another back-up`);
}

/** The first few of many. */
const firstOf = (many: readonly string[]): string =>
  `${many.slice(0, 5).join(', ')}${many.length > 5 ? `, and ${many.length - 5} more` : ''}`;
