import { open, type FileHandle } from 'node:fs/promises';
import type { Entry } from 'yauzl';

/**
 * Whether all around a zip's files is as it was written with them: headers that say of each file what the directory says, end to
 * end, and alike in what is no file's own. What does not fit is a zip that somebody packed anew, or a byte of it that was changed
 * where no file notices.
 */
export async function isAsWritten(path: string, entries: readonly Entry[]): Promise<boolean> {
  const [first] = entries;
  if (!first) return false;
  const file = await open(path);
  try {
    let at = 0;
    for (const entry of entries) {
      const before = localHeader(entry);
      const after = descriptor(entry);
      if (entry.relativeOffsetOfLocalHeader !== at || !isAlike(entry, first)) return false;
      if (!(await holds(file, at, before))) return false;
      at += before.length + entry.compressedSize;
      if (!(await holds(file, at, after))) return false;
      at += after.length;
    }
    const directory = Buffer.concat(entries.map(centralHeader));
    const end = Buffer.concat([directory, endRecord(entries.length, directory.length, at)]);
    return (await holds(file, at, end)) && (await file.stat()).size === at + end.length;
  } finally {
    await file.close();
  }
}

/** Fields that are the writer's, and no file's. */
const isAlike = (one: Entry, other: Entry): boolean =>
  one.versionMadeBy === other.versionMadeBy &&
  one.versionNeededToExtract === other.versionNeededToExtract &&
  one.generalPurposeBitFlag === other.generalPurposeBitFlag &&
  one.lastModFileDate === other.lastModFileDate &&
  one.lastModFileTime === other.lastModFileTime &&
  one.externalFileAttributes === other.externalFileAttributes &&
  one.internalFileAttributes === 0 &&
  one.extraFieldLength === 0 &&
  one.fileCommentLength === 0;

async function holds(file: FileHandle, at: number, expected: Buffer): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(expected.length), 0, expected.length, at);
  return bytesRead === expected.length && buffer.equals(expected);
}

/** Sizes and CRC-32 follow the file where they were not known before it (APPNOTE 4.4.4, bit 3). */
const isStreamed = ({ generalPurposeBitFlag }: Entry): boolean => (generalPurposeBitFlag & 8) !== 0;

/** Numbers of two (`h`) or four (`i`) bytes, least first. */
function packed(format: string, ...numbers: number[]): Buffer {
  const sizes = [...format].map((size) => (size === 'h' ? 2 : 4));
  const bytes = Buffer.alloc(sizes.reduce((all, size) => all + size, 0));
  sizes.reduce((at, size, nr) => bytes.writeUIntLE(numbers[nr]!, at, size), 0);
  return bytes;
}

const sums = (entry: Entry): [number, number, number] => [
  entry.crc32,
  entry.compressedSize,
  entry.uncompressedSize,
];

/** APPNOTE 4.3.7. */
const localHeader = (entry: Entry): Buffer =>
  Buffer.concat([
    packed(
      'ihhhhhiiihh',
      0x04034b50,
      entry.versionNeededToExtract,
      entry.generalPurposeBitFlag,
      entry.compressionMethod,
      entry.lastModFileTime,
      entry.lastModFileDate,
      ...(isStreamed(entry) ? [0, 0, 0] : sums(entry)),
      entry.fileNameLength,
      0,
    ),
    entry.fileNameRaw,
  ]);

/** APPNOTE 4.3.9. */
const descriptor = (entry: Entry): Buffer =>
  isStreamed(entry) ? packed('iiii', 0x08074b50, ...sums(entry)) : Buffer.alloc(0);

/** APPNOTE 4.3.12. */
const centralHeader = (entry: Entry): Buffer =>
  Buffer.concat([
    packed(
      'ihhhhhhiiihhhhhii',
      0x02014b50,
      entry.versionMadeBy,
      entry.versionNeededToExtract,
      entry.generalPurposeBitFlag,
      entry.compressionMethod,
      entry.lastModFileTime,
      entry.lastModFileDate,
      ...sums(entry),
      entry.fileNameLength,
      0,
      0,
      0,
      0,
      entry.externalFileAttributes,
      entry.relativeOffsetOfLocalHeader,
    ),
    entry.fileNameRaw,
  ]);

/** APPNOTE 4.3.16. */
const endRecord = (count: number, size: number, offset: number): Buffer =>
  packed('ihhhhiih', 0x06054b50, 0, 0, count, count, size, offset, 0);
