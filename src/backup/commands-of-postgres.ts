import { execFile, spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BackupError, type BackupCode } from './problem.ts';

const run = promisify(execFile);

/** As whom a command runs: numbers of a user, where it is not this one. */
export type As = { uid: number; gid: number } | undefined;

/** PostgreSQL's command of that name and major version: Debian's place for it, else on the PATH. Throws `BACKUP_TOOL_MISSING`. */
export async function postgresCommand(name: string, major: number): Promise<string> {
  const folders = [
    `/usr/lib/postgresql/${major}/bin`,
    ...(process.env.PATH ?? '').split(':').filter(Boolean),
  ];
  for (const folder of folders) {
    const file = join(folder, name);
    if (!(await isThere(file))) continue;
    const { stdout } = await run(file, ['--version']).catch(() => ({ stdout: '' }));
    if (new RegExp(`\\b${major}(\\.|\\b)`).test(stdout)) return file;
  }
  throw new BackupError(
    'BACKUP_TOOL_MISSING',
    `${name} of PostgreSQL ${major} is not on this machine: install it (Debian: postgresql-${major}), or run this where the database is`,
  );
}

const isThere = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

export interface Ran {
  code: BackupCode;
  /** What is said before the command's own words when it fails. */
  failing: string;
  as?: As;
  env?: Record<string, string>;
  stdin?: string;
}

/** Runs a command to its end and gives what it says on stdout. Throws {@link BackupError} with the last lines of what it says else. */
export async function runCommand(
  file: string,
  args: string[],
  { code, failing, as, env, stdin }: Ran,
): Promise<string> {
  const child = spawn(file, args, {
    ...(as ?? {}),
    cwd: '/',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err = (err + text).slice(-4_000)));
  child.stdin.on('error', () => undefined); // it ended before it read
  child.stdin.end(stdin ?? '');
  const how = await new Promise<string>((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', (status, signal) => done(String(signal ?? status)));
  });
  if (how === '0') return out;
  const said = err.trim().split('\n').slice(-4).join('\n  ');
  throw new BackupError(code, `${failing} (${how}).\n  ${said}`);
}

/** Who may run PostgreSQL here, which refuses root: this user, or as root the user `postgres`. Throws `BACKUP_TOOL_MISSING`. */
export async function postgresUser(): Promise<As> {
  if (process.getuid?.() !== 0) return undefined;
  const number = async (flag: string): Promise<number> =>
    Number((await run('id', [flag, 'postgres']).catch(() => ({ stdout: 'NaN' }))).stdout);
  const [uid, gid] = [await number('-u'), await number('-g')];
  if (!Number.isNaN(uid)) return { uid, gid };
  throw new BackupError(
    'BACKUP_TOOL_MISSING',
    'PostgreSQL does not run as root, and there is no user postgres: make one (adduser --system postgres)',
  );
}
