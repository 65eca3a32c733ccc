import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { holdStopped } from '../backup/data-folder-parts.ts';
import { keyringHere } from '../backup/keyring-here.ts';
import { MANIFEST, readManifest, type Manifest } from '../backup/manifest.ts';
import { verifyContents } from '../backup/parts.ts';
import { BackupError } from '../backup/problem.ts';
import { restoreCluster, standingAt, verifyClusterBackup, type Standing } from '../backup/restore-cluster.ts';
import { restoreFolder, standingIn } from '../backup/restore-folder.ts';
import { readConfig, type Config } from '../config.ts';
import type { Keyring } from '../crypto/keyring.ts';

const USAGE = 'fenghuo restore BACKUP [--postgres FOLDER] [--apply]';

interface Restoring {
  folder: string;
  manifest: Manifest;
  keyring: Keyring;
  isApplied: boolean;
}

/** `fenghuo restore BACKUP [--postgres FOLDER] [--apply]`: shows what would be replaced, and with `--apply` does it. Gives 0. */
export async function restore(rest: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: { postgres: { type: 'string' }, apply: { type: 'boolean', default: false } },
  });
  const [backup] = positionals;
  if (backup === undefined || positionals.length > 1) throw new Error(USAGE);
  const folder = resolve(backup);
  const config = readConfig(process.env);
  const keyring = await keyringHere(config);
  const manifest = await readManifest(folder, keyring);
  const restoring = { folder, manifest, keyring, isApplied: values.apply };
  if (manifest.kind === 'cluster') await ofCluster(restoring, values.postgres);
  else await ofFolder(restoring, config);
  return 0;
}

async function ofCluster(
  { folder, manifest, isApplied }: Restoring,
  target: string | undefined,
): Promise<void> {
  if (target === undefined)
    throw new BackupError(
      'BACKUP_NOT_SET_UP',
      'this back-up is a PostgreSQL server: name the folder in which it is to lie with --postgres',
    );
  const standing = await standingAt(target);
  show(manifest, resolve(target), standing);
  await verifyClusterBackup(folder, manifest);
  if (!mayGoOn(isApplied)) return;
  await restoreCluster(folder, manifest, { target, standing });
  sayDone(manifest, standing, 'start PostgreSQL, Temporal and Fenghuo');
}

async function ofFolder({ folder, manifest, keyring, isApplied }: Restoring, config: Config): Promise<void> {
  const data = await holdStopped(config.FENGHUO_DATA);
  try {
    const standing = await standingIn(data);
    show(manifest, data.path, standing);
    await verifyContents(folder, manifest, [MANIFEST]);
    if (!mayGoOn(isApplied)) return;
    await restoreFolder(folder, manifest, { data, standing, keyring });
    sayDone(manifest, standing, 'npm start');
  } finally {
    await data.release();
  }
}

function mayGoOn(isApplied: boolean): boolean {
  console.log('The back-up is whole, and its keys are here.');
  if (!isApplied) console.log('Nothing was changed. To put it back: the same with --apply.');
  return isApplied;
}

function sayDone({ begunAt, takenAt }: Manifest, { aside }: Standing, start: string): void {
  if (aside) console.log(`What stood there is in ${aside}: move it back to undo this.`);
  console.log(`Put back to ${takenAt}.`);
  console.log(
    `Next: ${start}; the first start compares register and workflows ("fenghuo reconcile" says it again). What was recorded after ${takenAt} is lost here, and some of what was from ${begunAt} on may be: docs/operations.md says where to find what came since ${begunAt}.`,
  );
}

function show(
  { begunAt, takenAt, version, incidents, kind }: Manifest,
  target: string,
  standing: Standing,
): void {
  const what = kind === 'cluster' ? 'PostgreSQL with register and Temporal' : 'register and Temporal';
  console.log(`Back-up of ${takenAt} (${what}, Fenghuo ${version}):`);
  console.log(`  holds all that was recorded before ${begunAt}: look for what came after that`);
  console.log(`  ${incidents.all} incidents; newest entry ${incidents.lastEntryAt ?? 'none'}`);
  const { open } = incidents;
  const named = open.length > 20 ? [...open.slice(0, 20), '…'] : open;
  console.log(`  open then: ${open.length}${open.length > 0 ? ` (${named.join(', ')})` : ''}`);
  const { lastWritten, aside } = standing;
  if (lastWritten === null) console.log(`  into ${target}, where nothing is`);
  else console.log(`  over ${target}, last written ${lastWritten}, which would go to ${aside}`);
}
