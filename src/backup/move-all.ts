import { rename } from 'node:fs/promises';
import { BackupError } from './problem.ts';

/** A file or folder that is to have another name on the same disk. */
export interface Move {
  from: string;
  to: string;
}

/**
 * Moves one after the other: all, or none where one cannot be. Throws what the file system says of that one, {@link BackupError}
 * `RESTORE_UNFINISHED` when those before it could not be moved back.
 */
export async function moveAll(moves: readonly Move[]): Promise<void> {
  const moved: Move[] = [];
  try {
    for (const move of moves) {
      await rename(move.from, move.to);
      moved.unshift(move);
    }
  } catch (error) {
    for (const { from, to } of moved)
      await rename(to, from).catch((cause: unknown) => {
        throw notMovedBack(moved, cause);
      });
    throw error;
  }
}

const notMovedBack = (moved: readonly Move[], cause: unknown): BackupError =>
  new BackupError(
    'RESTORE_UNFINISHED',
    `it failed in between (${(cause as Error).message}). To undo it: ${moved.map(({ from, to }) => `mv ${to} ${from}`).join('; ')}`,
    { cause },
  );
