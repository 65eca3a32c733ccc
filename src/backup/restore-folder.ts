import { existsSync } from 'node:fs';
import { cp, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Keyring } from '../crypto/keyring.ts';
import type { DataFolder } from '../data-folder.ts';
import { syncFolder } from '../durable-file.ts';
import { openRegister } from '../store/open.ts';
import { statePartsIn } from './data-folder-parts.ts';
import type { Manifest } from './manifest.ts';
import { markStatement } from './mark.ts';
import { moveAll } from './move-all.ts';
import { treeOf, verifyContents } from './parts.ts';
import type { Standing } from './restore-cluster.ts';
import { BackupError } from './problem.ts';
import { noteFinished, noteUnfinished } from './restore-note.ts';

/** What would be replaced in the data folder. */
export async function standingIn(data: DataFolder): Promise<Standing> {
  const names = await statePartsIn(data.path);
  if (names.length === 0) return { lastWritten: null, aside: null };
  const times = await Promise.all(
    names.map(async (name) => (await stat(data.file(name))).mtime.toISOString()),
  );
  const now = new Date().toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  return { lastWritten: times.sort().at(-1)!, aside: data.file(`before-restore-${now}`) };
}

/**
 * Puts register and Temporal's database back into the data folder, which is held: copied, verified, opened and marked beside them, and only
 * then moved in, with what stood there moved aside. Throws `BACKUP_DAMAGED`; until the last step nothing has changed.
 */
export async function restoreFolder(
  folder: string,
  manifest: Manifest,
  { data, standing, keyring }: { data: DataFolder; standing: Standing; keyring: Keyring },
): Promise<void> {
  const fresh = data.file('restoring');
  await rm(fresh, { recursive: true, force: true });
  try {
    await mkdir(fresh, { mode: 0o700 });
    for (const name of manifest.folders) await mkdir(join(fresh, name), { recursive: true, mode: 0o700 });
    for (const { path } of manifest.parts) await cp(join(folder, path), join(fresh, path));
    await verifyContents(fresh, manifest);
    const register = await openRegister({ dataDir: fresh, keyring });
    try {
      await register.db.execute(sql.raw(markStatement(manifest.takenAt).statement));
    } finally {
      await register.close();
    }
    await syncTree(fresh);
    await replace(data, fresh, standing.aside);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** All or nothing; killed within, the data folder says so. */
async function replace(data: DataFolder, fresh: string, aside: string | null): Promise<void> {
  if (aside) await mkdir(aside, { mode: 0o700 });
  // With the note of where Temporal ran, which speaks of that database.
  const standing = [...(await statePartsIn(data.path)), 'temporal.json'].filter((name) =>
    existsSync(data.file(name)),
  );
  const away = aside ? standing.map((name) => ({ from: data.file(name), to: join(aside, name) })) : [];
  const within = (await statePartsIn(fresh)).map((name) => ({
    from: join(fresh, name),
    to: data.file(name),
  }));
  const wasWhole = await noteUnfinished(data, aside);
  try {
    await moveAll([...away, ...within]);
  } catch (error) {
    if (wasWhole && !(error instanceof BackupError)) await noteFinished(data);
    throw error;
  }
  if (aside) await syncFolder(aside);
  await noteFinished(data);
}

async function syncTree(folder: string): Promise<void> {
  const { files, folders } = await treeOf(folder);
  for (const path of [...files, ...folders, '']) await syncFolder(join(folder, path));
}
