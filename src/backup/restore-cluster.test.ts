import { chmod, mkdir, mkdtemp, open, readdir, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findPostgres } from '../../deploy/native/find-tools.ts';
import { makePostgres, type Postgres } from '../../test/faults/postgres.ts';
import { generateKey, parseKeyring } from '../crypto/keyring.ts';
import { openRegister } from '../store/open.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { restoreCluster, RESTORED_MARK, verifyClusterBackup } from './restore-cluster.ts';
import { takeBackup } from './take.ts';
import { CLUSTER, takeCluster } from './take-cluster.ts';

/** A server of its own, its back-up, and what becomes of one that somebody changed. */
const isThere = (await findPostgres()) !== null;
const withPostgres = (name: string, act: () => Promise<void>): void =>
  isThere ? test(name, act) : test.skip(`${name} (not here: it takes PostgreSQL)`, act);

const keyring = parseKeyring(generateKey());
let place: string;
let postgres: Postgres | undefined;
let folder: string;
let manifest: Manifest;
beforeAll(async () => {
  if (!isThere) return;
  place = await mkdtemp('/var/tmp/fenghuo-cluster-');
  await chmod(place, 0o711); // PostgreSQL's user is another
  postgres = await makePostgres(place, join(place, 'postgres.log'));
  await postgres.start();
  const url = postgres.url(postgres.port);
  const register = await openRegister({ databaseUrl: url, keyring });
  await register.close();
  const major = Number(/(\d+)\/bin$/.exec((await findPostgres())!)?.[1] ?? 15);
  const taken = await takeBackup(join(place, 'backups'), { keyring, version: 'test' }, async (into) => ({
    kind: 'cluster',
    postgres: major,
    database: 'postgres',
    namespace: 'default',
    incidents: { all: 0, open: [], lastEntryAt: null },
    ...(await takeCluster(into, { superuserUrl: url, major })),
  }));
  ({ folder, manifest } = taken);
});
afterAll(async () => {
  await postgres?.kill9();
  if (place) await rm(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

const inCluster = (path: string): string => join(folder, CLUSTER, path);
const log = async (): Promise<string> =>
  (await readdir(inCluster('pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name)).at(-1)!;

/** The last byte of a file, turned over: the same again turns it back. */
async function flipLastByte(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    await file.write(Buffer.from([buffer[0]! ^ 0xff]), 0, 1, size - 1);
  } finally {
    await file.close();
  }
}

interface Tampering {
  what: string;
  named: () => Promise<string>;
  change: () => Promise<unknown>;
  undo: () => Promise<unknown>;
}
const tamperings: Tampering[] = [
  {
    what: "a byte of PostgreSQL's log, which pg_verifybackup does not see",
    named: async () => `pg_wal/${await log()} was changed`,
    change: async () => flipLastByte(inCluster(`pg_wal/${await log()}`)),
    undo: async () => flipLastByte(inCluster(`pg_wal/${await log()}`)),
  },
  {
    what: "a byte of postgresql.auto.conf, which PostgreSQL's own list leaves out",
    named: async () => 'postgresql.auto.conf was changed',
    change: () => flipLastByte(inCluster('postgresql.auto.conf')),
    undo: () => flipLastByte(inCluster('postgresql.auto.conf')),
  },
  {
    what: 'a file too many, which has the server ask elsewhere',
    named: async () => 'standby.signal is not of this back-up',
    change: () => writeFile(inCluster('standby.signal'), ''),
    undo: () => rm(inCluster('standby.signal')),
  },
  {
    what: 'a segment of the log too many',
    named: async () => 'pg_wal/0000000100000000000000FF is not of this back-up',
    change: () => writeFile(inCluster('pg_wal/0000000100000000000000FF'), 'x'),
    undo: () => rm(inCluster('pg_wal/0000000100000000000000FF')),
  },
  {
    what: 'a link out of it',
    named: async () => 'pg_tblspc/1 is neither a file nor a folder',
    change: () => symlink('/etc', inCluster('pg_tblspc/1')),
    undo: () => rm(inCluster('pg_tblspc/1')),
  },
  {
    what: 'an empty folder that is gone',
    named: async () => 'pg_notify is missing',
    change: () => rmdir(inCluster('pg_notify')),
    undo: () => mkdir(inCluster('pg_notify'), { mode: 0o700 }),
  },
];

for (const { what, named, change, undo } of tamperings)
  withPostgres(`${what} is named`, async () => {
    const message = expect.stringContaining(await named());
    await change();
    const looked = verifyClusterBackup(folder, manifest).finally(undo);
    await expect(looked).rejects.toMatchObject({ code: 'BACKUP_DAMAGED', message });
  });

withPostgres(
  'what is changed after it was looked at is named, too, and nothing is put in place',
  async () => {
    const segment = inCluster(`pg_wal/${await log()}`);
    await flipLastByte(segment);
    const to = { target: join(place, 'refused'), standing: { lastWritten: null, aside: null } };
    const restored = restoreCluster(folder, manifest, to).finally(() => flipLastByte(segment));
    await expect(restored).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    expect((await readdir(place)).filter((name) => name.startsWith('refused'))).toEqual([]);
  },
);

withPostgres('the signed manifest names the log too, and an untouched back-up is put back', async () => {
  const read = await readManifest(folder, keyring);
  const named = read.parts.map(({ path }) => path);
  expect(named).toEqual(
    expect.arrayContaining([
      `${CLUSTER}/pg_wal/${await log()}`,
      `${CLUSTER}/postgresql.auto.conf`,
      `${CLUSTER}/backup_manifest`,
      `${CLUSTER}/global/pg_control`,
    ]),
  );
  await verifyClusterBackup(folder, read);
  const target = join(place, 'put-back');
  await restoreCluster(folder, read, { target, standing: { lastWritten: null, aside: null } });
  expect(await readdir(target)).toContain(RESTORED_MARK);
});
