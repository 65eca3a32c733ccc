import { chmod, chown, cp, mkdir, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { mustNotRun } from './runs-on.ts';
import { postgresCommand, postgresUser, runCommand, type As } from './commands-of-postgres.ts';
import { MANIFEST, type Manifest } from './manifest.ts';
import { markStatement } from './mark.ts';
import { moveAll } from './move-all.ts';
import { contentsBelow, verifyContents } from './parts.ts';
import { BackupError } from './problem.ts';
import { CLUSTER, verifyCluster } from './take-cluster.ts';

/** Says to whoever looks that the folder is whole: `npm run topology` makes no new server over it. */
export const RESTORED_MARK = 'fenghuo-restored.json';

/** What stands where the back-up is to go. */
export interface Standing {
  /** Null where nothing is. */
  lastWritten: string | null;
  /** Where it is put, so that the restore can be undone; null where nothing is. */
  aside: string | null;
}

/**
 * What would be replaced at `target`. Throws {@link BackupError} `BACKUP_RUNNING` when a server runs on it, `BACKUP_NOT_SET_UP` when it
 * cannot be moved aside.
 */
export async function standingAt(target: string): Promise<Standing> {
  const folder = resolve(target);
  await mustBeMovable(folder);
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return { lastWritten: null, aside: null };
  await mustNotRun(folder);
  // Written at each checkpoint.
  const written = await stat(join(folder, 'global/pg_control')).catch(() => stat(folder));
  const now = new Date().toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  return { lastWritten: written.mtime.toISOString(), aside: `${folder}.before-${now}` };
}

/** A folder can be moved aside; what is mounted cannot. */
async function mustBeMovable(folder: string): Promise<void> {
  const [it, above] = await Promise.all([folder, dirname(folder)].map((one) => stat(one).catch(() => null)));
  if (!it || !above || it.dev === above.dev) return;
  throw new BackupError(
    'BACKUP_NOT_SET_UP',
    `${folder} is a mount point of its own (or a link to another disk), which cannot be moved aside: name a folder within it with --postgres and point the server there (data_directory, PGDATA), or unmount it and mount the volume one level up`,
  );
}

/** Everything that can be seen without touching the target. Throws {@link BackupError} `BACKUP_DAMAGED`. */
export async function verifyClusterBackup(folder: string, manifest: Manifest): Promise<void> {
  await verifyContents(folder, manifest, [MANIFEST]);
  await verifyCluster(join(folder, CLUSTER), manifest.postgres!, 'BACKUP_DAMAGED');
}

/**
 * Puts the server's folder back at `target`: copied and verified beside it, brought to its consistent point there and marked in the register,
 * and only then moved in, with what stood there moved aside. Throws {@link BackupError}; until the last step nothing has changed.
 */
export async function restoreCluster(
  folder: string,
  manifest: Manifest,
  { target: path, standing }: { target: string; standing: Standing },
): Promise<void> {
  const target = resolve(path);
  const fresh = `${target}.restoring`;
  const as = await serverUser(target);
  await mkdir(dirname(target), { recursive: true });
  await rm(fresh, { recursive: true, force: true });
  try {
    await cp(join(folder, CLUSTER), fresh, { recursive: true, verbatimSymlinks: true });
    // The copy, once more: what lies in the back-up may have been changed since it was looked at.
    await verifyContents(fresh, contentsBelow(manifest, CLUSTER));
    await verifyCluster(fresh, manifest.postgres!, 'BACKUP_DAMAGED');
    await writeReadable(join(fresh, RESTORED_MARK), JSON.stringify({ takenAt: manifest.takenAt }));
    if (as) await giveTo(fresh, as);
    await recover(fresh, manifest, as);
    if (standing.aside)
      await mustNotRun(target); // started since it was looked at
    else await rmdir(target).catch(unlessAbsent);
    await moveAll([
      ...(standing.aside ? [{ from: target, to: standing.aside }] : []),
      { from: fresh, to: target },
    ]);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

const TABLES = `select to_regclass('chain_head') is not null as register`;

/** PostgreSQL's single-user mode replays the log up to the back-up's end, asks for no password and listens nowhere. */
async function recover(cluster: string, { database, postgres, takenAt }: Manifest, as: As): Promise<void> {
  const settings = join(cluster, '..', 'restoring.conf');
  await writeReadable(settings, ''); // Debian keeps a server's own elsewhere, and none of them matters here
  const { id, statement } = markStatement(takenAt);
  try {
    const said = await runCommand(
      await postgresCommand('postgres', postgres!),
      ['--single', '-D', cluster, '-c', `config_file=${settings}`, '-c', 'log_min_messages=fatal', database!],
      {
        code: 'RESTORE_FAILED',
        failing: `PostgreSQL does not come up on the copy ${cluster}; nothing was replaced`,
        ...(as ? { as } : {}),
        stdin: `${TABLES}\n${statement}\nselect id from restored where id = '${id}'\n`,
      },
    );
    if (said.includes(`"${id}"`)) return;
    const lacking = said.includes('register = "t"')
      ? 'the register of the copy is of a version that cannot note a restore: back up with this version, after "fenghuo migrate"'
      : `the register is not in the database ${database!} of the copy: use another back-up`;
    throw new BackupError('RESTORE_FAILED', `${lacking}; nothing was replaced`);
  } finally {
    await rm(settings, { force: true });
  }
}

/** Who the server runs as: as root the owner of what stands there, else PostgreSQL's user. */
async function serverUser(target: string): Promise<As> {
  if (process.getuid?.() !== 0) return undefined;
  const there = await stat(target).catch(() => null);
  return there && there.uid !== 0 ? { uid: there.uid, gid: there.gid } : postgresUser();
}

/** For the server's user too, whatever the umask is. */
async function writeReadable(file: string, text: string): Promise<void> {
  await writeFile(file, text);
  await chmod(file, 0o644);
}

function unlessAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

async function giveTo(folder: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await chown(join(entry.parentPath, entry.name), uid, gid);
}
