import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { syncFolder, writeWhole } from './durable-file.ts';
import { isSameProcess, processIdentity } from './process-identity.ts';

/**
 * Why a data folder cannot be used: `DATA_FOLDER_IN_USE` another process holds it, `DATA_FOLDER_NOT_WRITABLE` it
 * cannot be made or written, `DATA_FOLDER_FULL` its disk is full.
 */
export type DataFolderCode = 'DATA_FOLDER_IN_USE' | 'DATA_FOLDER_NOT_WRITABLE' | 'DATA_FOLDER_FULL';

export class DataFolderError extends Error {
  override name = 'DataFolderError';
  constructor(
    readonly code: DataFolderCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The one folder in which everything embedded lives, held by this process alone until {@link DataFolder.release}. */
export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** The path of something in the folder. */
  file(name: string): string;
  /**
   * The text of a file that only this user can read (mode 0600); `make` says it when there is none yet. All or
   * nothing: a kill leaves the whole file or none. Throws {@link DataFolderError}.
   */
  secretFile(name: string, make: () => string): Promise<string>;
  /** Lets the next process have the folder. Again does nothing. */
  release(): Promise<void>;
}

/**
 * Opens the data folder at `path`, making it (mode 0700) when there is none, and takes it for this process. A holder
 * that was killed is replaced at once. Throws {@link DataFolderError}, naming the folder and what to do.
 *
 * Processes are told apart by pid and start, so two machines or containers must not share one folder.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path);
  const claims = join(folder, 'lock');
  const release = await explained(folder, async () => {
    await mkdir(claims, { recursive: true, mode: 0o700 });
    const letGo = await take(folder, claims);
    await probe(folder).catch(async (error: unknown) => {
      await letGo();
      throw error;
    });
    return letGo;
  });
  return {
    path: folder,
    file: (name) => join(folder, name),
    secretFile: (name, make) => explained(folder, () => readOrMake(folder, name, make)),
    release,
  };
}

/**
 * The lock is a file for each claimant, named after its process, so that the files of a dead one can be removed
 * without ever touching a living one's. Everyone claims first and looks second: of any two, at least one sees the other.
 * A holder is never displaced, and of those that claim at the same instant the first by name goes on.
 */
async function take(folder: string, claims: string): Promise<() => Promise<void>> {
  const mine = await ownClaim();
  const remove = async (): Promise<void> => {
    await rm(join(claims, fileName({ ...mine, state: 'held' })), { force: true });
    await rm(join(claims, fileName(mine)), { force: true });
  };
  try {
    await writeFile(join(claims, fileName(mine)), '', { flag: 'wx', mode: 0o600 });
    for (;;) {
      const others = await living(claims, mine);
      const ahead = others.find((other) => other.state === 'held' || fileName(other) < fileName(mine));
      if (ahead) throw inUse(folder, ahead.pid);
      if (others.length === 0) break;
      await pause(5); // the others are about to see this claim and give way
    }
    // Beside the claim, not instead of it: a file renamed while another lists the folder may not be listed at all.
    await writeFile(join(claims, fileName({ ...mine, state: 'held' })), '', { flag: 'wx', mode: 0o600 });
    return remove;
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Claim {
  pid: number;
  identity: string;
  nonce: string;
  state: 'claim' | 'held';
}

const fileName = ({ pid, identity, nonce, state }: Claim): string =>
  `${String(pid).padStart(8, '0')}.${identity}.${nonce}.${state}`;

async function ownClaim(): Promise<Claim> {
  const identity = await processIdentity(process.pid);
  if (identity === null) throw new Error('this process cannot be told from others: is /proc or ps missing?');
  return { pid: process.pid, identity, nonce: randomBytes(4).toString('hex'), state: 'claim' };
}

function parseClaim(name: string): Claim | null {
  const match = /^(\d+)\.([0-9a-f]+)\.([0-9a-f]+)\.(claim|held)$/.exec(name);
  if (!match) return null;
  const [, pid, identity, nonce, state] = match as unknown as [
    string,
    string,
    string,
    string,
    Claim['state'],
  ];
  return { pid: Number(pid), identity, nonce, state };
}

/** The claims of everybody else who is alive; those of the dead are removed. */
async function living(claims: string, mine: Claim): Promise<Claim[]> {
  const alive: Claim[] = [];
  for (const name of await readdir(claims)) {
    const claim = parseClaim(name);
    if (claim === null || claim.nonce === mine.nonce) continue;
    if (await isSameProcess(claim.pid, claim.identity)) alive.push(claim);
    else await rm(join(claims, name), { force: true });
  }
  return alive;
}

const inUse = (folder: string, pid: number): DataFolderError =>
  new DataFolderError(
    'DATA_FOLDER_IN_USE',
    `${folder} is in use by the running Fenghuo with pid ${pid}: stop that one first, or set FENGHUO_DATA to another folder`,
  );

/** Writes to the disk once, so that a full one is known before anything depends on it. */
async function probe(folder: string): Promise<void> {
  const path = join(folder, '.probe');
  await rm(path, { force: true });
  try {
    await writeWhole(path, 'x'.repeat(4096));
  } finally {
    await rm(path, { force: true });
  }
}

async function readOrMake(folder: string, name: string, make: () => string): Promise<string> {
  if (basename(name) !== name) throw new TypeError(`not a plain file name: ${name}`);
  const path = join(folder, name);
  const existing = await readSecret(path);
  if (existing !== null) return existing;
  const fresh = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeWhole(fresh, make());
    // Unlike a rename a link never replaces: whoever came first has made the one secret.
    await link(fresh, path).catch(ignoreExisting);
  } finally {
    await rm(fresh, { force: true });
  }
  await syncFolder(folder);
  return readFile(path, 'utf8');
}

async function readSecret(path: string): Promise<string | null> {
  try {
    const text = await readFile(path, 'utf8');
    await chmod(path, 0o600);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const DENIED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ELOOP', 'ENAMETOOLONG']);

/** What the file system answers, said as what the reader can do about it. */
async function explained<T>(folder: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (FULL.has(code)) {
      const message = `the disk of ${folder} is full (${code}): free space there, or set FENGHUO_DATA to a folder on another disk`;
      throw new DataFolderError('DATA_FOLDER_FULL', message, { cause });
    }
    if (DENIED.has(code)) {
      const message = `${folder} cannot be used as the data folder (${code}): give this user the right to write there, or set FENGHUO_DATA to another folder`;
      throw new DataFolderError('DATA_FOLDER_NOT_WRITABLE', message, { cause });
    }
    throw cause;
  }
}
