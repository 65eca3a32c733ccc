import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { openPromise, validateFileName, type Entry, type ZipFile } from 'yauzl';
import { BundleBroken, problem } from './problem.ts';

/** A zip whose directory was read and believed; nothing of it is unpacked yet. */
export interface OpenZip {
  entries: Map<string, Entry>;
  read(entry: Entry): Promise<Readable>;
  close(): void;
}

export interface ZipLimits {
  files: number;
  /** Bytes, unpacked, as the directory says; more than it says is never unpacked. */
  unpacked: number;
  /** How many times larger than the file itself. Small ones are let be. */
  ratio: number;
}

/** 200 attachments of 20 MiB and as many scans; text packs to a twentieth. */
export const ZIP_LIMITS: ZipLimits = { files: 20_000, unpacked: 16 * 1024 ** 3, ratio: 200 };
const SMALL = 64 * 1024 ** 2;

/** Reads a zip's directory. Throws {@link BundleBroken}, or what the file system says. */
export async function openZip(path: string, limits: ZipLimits = ZIP_LIMITS): Promise<OpenZip> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch(
    async (error: NodeJS.ErrnoException) => {
      if (error.code !== undefined) throw error;
      throw new BundleBroken(await noZip(path, error));
    },
  );
  try {
    const entries = await directory(zip, limits);
    return { entries, read: (entry) => zip.openReadStreamPromise(entry), close: () => zip.close() };
  } catch (error) {
    zip.close();
    if (error instanceof BundleBroken) throw error;
    throw new BundleBroken(
      problem('TRUNCATED', null, `its directory cannot be read: ${(error as Error).message}`),
    );
  }
}

async function directory(zip: ZipFile, limits: ZipLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  if (zip.entryCount > limits.files) throw tooLarge(`${zip.entryCount} files`);
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileNameRaw.toString('utf8');
    // Folders are named by whoever packs an unpacked bundle again; ours has none.
    if (name.endsWith('/') && entry.uncompressedSize === 0 && !validateFileName(name)) continue;
    const bad = name.includes('\\') ? 'a backslash' : validateFileName(name);
    if (bad || name.endsWith('/') || name.includes('\0'))
      throw new BundleBroken(
        problem('BAD_PATH', name, 'it would be unpacked elsewhere than beside the others: not by us'),
      );
    if (entries.has(name))
      throw new BundleBroken(problem('DUPLICATE_FILE', name, 'two files have this name: which one counts?'));
    entries.set(name, entry);
    unpacked += entry.uncompressedSize;
    const isBomb = unpacked > SMALL && unpacked > zip.fileSize * limits.ratio;
    if (unpacked > limits.unpacked || isBomb) throw tooLarge(`${unpacked} bytes or more`);
  }
  return entries;
}

const tooLarge = (what: string) =>
  new BundleBroken(
    problem('TOO_LARGE', null, `it would unpack to ${what}: no bundle does, so nothing was unpacked`),
  );

async function noZip(path: string, { message }: Error) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const begins = bytesRead === 4 && buffer.toString('latin1') === 'PK\x03\x04';
    return begins
      ? problem('TRUNCATED', null, `its end is missing or damaged (${message}): get it again`)
      : problem('NOT_A_ZIP', null, 'this file is no zip');
  } finally {
    await file.close();
  }
}
