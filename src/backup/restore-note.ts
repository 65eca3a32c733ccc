import { readFile, rm } from 'node:fs/promises';
import { syncFolder, writeWhole } from '../durable-file.ts';
import type { DataFolder } from '../data-folder.ts';
import { BackupError } from './problem.ts';

const NOTE = 'restore-unfinished';

/**
 * Notes that a data folder is half the old state and half the back-up's; what stood there goes to `aside`. False where an earlier restore's note
 * is there, which names where the old state went and is kept.
 */
export async function noteUnfinished(data: DataFolder, aside: string | null): Promise<boolean> {
  try {
    await writeWhole(data.file(NOTE), aside ?? '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await syncFolder(data.path);
  return true;
}

/** Takes the note away once all that it spoke of is on the disk. */
export async function noteFinished(data: DataFolder): Promise<void> {
  await syncFolder(data.path);
  await rm(data.file(NOTE), { force: true });
  await syncFolder(data.path);
}

/** Throws {@link BackupError} `RESTORE_UNFINISHED` where a restore into the data folder was broken off while it replaced what stood there. */
export async function mustBeRestored(data: Pick<DataFolder, 'path' | 'file'>): Promise<void> {
  const aside = await readFile(data.file(NOTE), 'utf8').catch(() => null);
  if (aside === null) return;
  const undo = aside
    ? `, or to undo it move everything from ${aside} back here and delete ${data.file(NOTE)}`
    : '';
  throw new BackupError(
    'RESTORE_UNFINISHED',
    `a restore into ${data.path} was broken off, and register and Temporal's database may not fit: run "fenghuo restore BACKUP --apply" again${undo}`,
  );
}
