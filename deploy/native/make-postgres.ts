import { execFile } from 'node:child_process';
import { access, chown, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RESTORED_MARK } from '../../src/backup/restore-cluster.ts';
import type { Service } from '../service.ts';
import type { Machine } from './commands.ts';
import { foldersOf, ROOT } from './place.ts';

const run = promisify(execFile);

/** Whether PostgreSQL's folder was made in full, or put back from a back-up. */
const markOf = (data: string): string => join(data, 'postgres.made');
export const isMade = async (data: string): Promise<boolean> =>
  (await isThere(markOf(data))) || isThere(join(foldersOf(data).postgres, RESTORED_MARK));

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Makes PostgreSQL's folder, with what a broken-off earlier try left removed. */
export async function makeFolder(machine: Machine, { environment }: Service): Promise<void> {
  const { data, tools, postgresUser: user } = machine;
  const { postgres: folder, secrets } = foldersOf(data);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  if (user) {
    await chown(folder, user.uid, user.gid);
    await mustReach(folder, user);
  }
  const passwordFile = join(data, 'postgres.password');
  try {
    await copyFile(join(secrets, 'postgres_password'), passwordFile);
    if (user) await chown(passwordFile, user.uid, user.gid);
    const options = environment!['POSTGRES_INITDB_ARGS']!.split(' ');
    const args = ['-D', folder, '--username=postgres', `--pwfile=${passwordFile}`, ...options];
    await run(join(tools.postgres, 'initdb'), args, { cwd: folder, ...(user ?? {}) });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`PostgreSQL's folder could not be made:\n${stderr?.trim() || message}`, { cause: error });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Roles and databases, on the running server, by the script that the image runs. Marks the folder as made. */
export async function makeDatabases(
  { data, place, tools }: Machine,
  { environment }: Service,
): Promise<void> {
  const password = await readFile(join(foldersOf(data).secrets, 'postgres_password'), 'utf8');
  const env = {
    ...environment,
    PATH: `${tools.postgres}:${process.env.PATH}`,
    PGPASSWORD: password,
    PGHOST: place.host('postgres'),
    PGPORT: String(place.port('postgres')),
  };
  await run('/bin/sh', [join(ROOT, 'deploy/postgres-init.sh')], { env });
  await writeFile(markOf(data), '');
}

async function mustReach(folder: string, user: { uid: number; gid: number }): Promise<void> {
  await run('/bin/sh', ['-c', 'cd "$0"', folder], user).catch(() => {
    throw new Error(
      `The user postgres cannot reach ${folder}, since a folder above it is closed to others: name another place with --data, such as /var/tmp/fenghuo-topology.`,
    );
  });
}
