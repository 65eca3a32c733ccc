import { join } from 'node:path';
import { contentsOf } from './parts.ts';
import { postgresCommand, runCommand } from './commands-of-postgres.ts';
import type { Described } from './manifest.ts';

/** Where the base backup lies within a back-up. */
export const CLUSTER = 'postgres';

/**
 * A base backup of the whole server into `folder`: all its databases at one point of the write-ahead log, with the log up to there, each
 * file with its SHA-256. Verified before it counts. Throws {@link BackupError}.
 */
export async function takeCluster(
  folder: string,
  { superuserUrl, major }: { superuserUrl: string; major: number },
): Promise<Pick<Described, 'takenAt' | 'parts' | 'folders'>> {
  const into = join(folder, CLUSTER);
  const { dbname, env } = connection(superuserUrl);
  await runCommand(
    await postgresCommand('pg_basebackup', major),
    [
      `--pgdata=${into}`,
      '--wal-method=stream',
      '--checkpoint=fast',
      '--manifest-checksums=SHA256',
      `--dbname=${dbname}`,
      '--no-password',
    ],
    {
      code: 'BACKUP_FAILED',
      failing: `the base backup was not made: does the role of BACKUP_DATABASE_URL have REPLICATION, does pg_hba.conf let it in (a line "host replication"), and is there room for it in ${folder}?`,
      env,
    },
  );
  const takenAt = new Date().toISOString(); // the seeing to it below takes its time, in which more is recorded
  // Before PostgreSQL looks: what it finds to be whole is what was read here, its log and settings besides, which its list leaves out.
  const contents = await contentsOf(folder);
  await verifyCluster(into, major, 'BACKUP_FAILED');
  return { takenAt, ...contents };
}

/** How PostgreSQL's commands reach the server: by its URL without the password, which is to stand in no command line. */
export function connection(superuserUrl: string): { dbname: string; env: Record<string, string> } {
  const url = new URL(superuserUrl);
  const password = decodeURIComponent(url.password) || url.searchParams.get('password');
  url.password = '';
  url.searchParams.delete('password');
  const tls = Object.entries(process.env).filter(([name]) => name.startsWith('PGSSL'));
  return {
    dbname: url.href,
    env: {
      ...(Object.fromEntries(tls) as Record<string, string>),
      ...(password ? { PGPASSWORD: password } : {}),
    },
  };
}

/** Every file against PostgreSQL's list, and that its log reaches far enough. Throws {@link BackupError}. */
export async function verifyCluster(
  cluster: string,
  major: number,
  code: 'BACKUP_FAILED' | 'BACKUP_DAMAGED',
): Promise<void> {
  const file = await postgresCommand('pg_verifybackup', major);
  const failing = `the copy in ${cluster} is not whole: take another back-up`;
  // What is put back has been held against our own list, which is signed: its bytes need no second reading.
  const bytes = code === 'BACKUP_DAMAGED' ? ['--skip-checksums'] : [];
  await runCommand(file, ['--quiet', ...bytes, cluster], { code, failing });
}
