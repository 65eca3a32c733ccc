import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own that can be filled to the last byte. */
export interface SmallDisk {
  path: string;
  fill(): Promise<void>;
  /** Takes away what filled it. */
  free(): Promise<void>;
  remove(): void;
}

/** Null where this user may not mount one: that takes Linux and root. */
export function smallDisk(size: string): SmallDisk | null {
  const path = mkdtempSync(join(tmpdir(), 'fenghuo-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    rmSync(path, { recursive: true });
    return null;
  }
  const ballast = join(path, 'ballast');
  return {
    path,
    async fill() {
      for (let bytes = 1024 * 1024; bytes >= 512; bytes /= 2) {
        const isFull = (error: NodeJS.ErrnoException): true => {
          if (error.code !== 'ENOSPC') throw error;
          return true;
        };
        const block = Buffer.alloc(bytes);
        while ((await writeFile(ballast, block, { flag: 'a' }).catch(isFull)) !== true);
      }
    },
    free: () => rm(ballast, { force: true }),
    remove() {
      execFileSync('umount', [path]);
      rmSync(path, { recursive: true });
    },
  };
}
