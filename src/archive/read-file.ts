import { createHash } from 'node:crypto';
import { StringDecoder } from 'node:string_decoder';
import type { OpenZip } from './open-zip.ts';

type Entry = Parameters<OpenZip['read']>[0];

/** A history of two thousand events is a few MiB. */
const MAX_JSON = 64 * 1024 ** 2;
const MAX_LINE = 16 * 1024 ** 2;

/** Unpacks a file piece by piece. Gives its hex SHA-256 and size. Rejects where it cannot be unpacked. */
export async function unpack(
  zip: OpenZip,
  entry: Entry,
  see: (piece: Buffer) => void,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of (await zip.read(entry)) as AsyncIterable<Buffer>) {
    hash.update(piece);
    size += piece.length;
    see(piece);
  }
  return { sha256: hash.digest('hex'), size };
}

/** A file as a whole. Rejects for one of more than 64 MiB. */
export async function collect(zip: OpenZip, entry: Entry): Promise<Buffer> {
  if (entry.uncompressedSize > MAX_JSON)
    throw new Error(`${entry.uncompressedSize} bytes are no JSON of ours`);
  const pieces: Buffer[] = [];
  await unpack(zip, entry, (piece) => pieces.push(piece));
  return Buffer.concat(pieces);
}

/** Cuts pieces of a text into lines. Throws for a line of more than 16 MiB. */
export function eachLine(see: (line: string) => void): { push(piece: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const cut = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_LINE) throw new Error('a line without an end');
    lines.forEach(see);
  };
  return {
    push: (piece) => cut(decoder.write(piece)),
    end() {
      cut(decoder.end());
      if (rest !== '') see(rest);
    },
  };
}
