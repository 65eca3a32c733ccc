import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { POSTGRES_AT_LEAST } from '../versions.ts';

const run = promisify(execFile);

/** What the topology needs of the machine, by path. */
export interface Tools {
  /** The folder of `initdb`, `postgres`, `psql` and `pg_isready`. */
  postgres: string;
  nginx: string;
  openssl: string;
}

/** Something is not on this machine; the message names all of it and the packages to install. */
export class ToolsMissing extends Error {
  override name = 'ToolsMissing';
  readonly code = 'TOOLS_MISSING';
}

/** Throws {@link ToolsMissing} naming everything that is not there, at once. */
export async function findTools(path = process.env.PATH): Promise<Tools> {
  const folders = [...onPath(path), '/usr/sbin', '/usr/local/sbin'];
  const [postgres, nginx, openssl] = await Promise.all([
    findPostgres(folders),
    inFolders(folders, 'nginx'),
    inFolders(folders, 'openssl'),
  ]);
  if (postgres && nginx && openssl) return { postgres, nginx, openssl };
  const missing = [
    ...(postgres ? [] : [`PostgreSQL ${POSTGRES_AT_LEAST} or later (package postgresql)`]),
    ...(nginx ? [] : ['nginx (package nginx-light or nginx)']),
    ...(openssl ? [] : ['openssl (package openssl)']),
  ];
  throw new ToolsMissing(
    `Not on this machine: ${missing.join(', ')}. Install what is missing, on Debian with apt-get install, and start again.`,
  );
}

/** The folder of PostgreSQL's commands, or null. Debian keeps them beside the PATH, one folder a version: the newest that is new enough. */
export async function findPostgres(folders = onPath()): Promise<string | null> {
  const debian = await readdir('/usr/lib/postgresql').catch(() => []);
  const newestFirst = debian.map(Number).sort((a, b) => b - a);
  for (const folder of [...newestFirst.map((version) => `/usr/lib/postgresql/${version}/bin`), ...folders]) {
    const postgres = join(folder, 'postgres');
    if ((await isThere(postgres)) && (await versionOf(postgres)) >= POSTGRES_AT_LEAST) return folder;
  }
  return null;
}

async function versionOf(postgres: string): Promise<number> {
  const { stdout } = await run(postgres, ['--version']).catch(() => ({ stdout: '' }));
  return Number(/(\d+)(?:\.|\s|$)/.exec(stdout)?.[1] ?? 0);
}

const onPath = (path = process.env.PATH ?? ''): string[] => path.split(':').filter(Boolean);

async function inFolders(folders: string[], command: string): Promise<string | null> {
  for (const folder of folders) if (await isThere(join(folder, command))) return join(folder, command);
  return null;
}

const isThere = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
