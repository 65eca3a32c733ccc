import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import yazl from 'yazl';
import type { Keyring } from '../crypto/keyring.ts';
import { MANIFEST, SIGNATURE, type Manifest } from './layout.ts';
import { signManifest } from './signing.ts';

/** A file of a bundle. What it holds is asked for when its turn has come, so that one is held at a time. */
export interface BundleFile {
  path: string;
  /** Photos and the like are packed already. */
  packed?: boolean;
  content: () => AsyncIterable<string | Uint8Array> | Promise<string | Uint8Array>;
}

/**
 * The files as one zip, followed by the manifest with the hash of each and by its signature. Errors of a file's content end the
 * stream with that error.
 */
export function bundleZip(keyring: Keyring, about: Omit<Manifest, 'files'>, files: BundleFile[]): Readable {
  const manifest: Manifest = { ...about, files: [] };
  let manifestBytes = Buffer.alloc(0);
  const own: BundleFile[] = [
    {
      path: MANIFEST,
      content: async () => (manifestBytes = Buffer.from(JSON.stringify(manifest, null, 1))),
    },
    {
      path: SIGNATURE,
      content: async () => JSON.stringify(signManifest(keyring, manifestBytes), null, 1),
    },
  ];
  const hashed = files.map((file) => ({
    ...file,
    content: () => noted(file, (sha256, size) => manifest.files.push({ path: file.path, size, sha256 })),
  }));
  return zipOf([...hashed, ...own], new Date(about.madeAt));
}

/** Files as one zip, one after the other. */
export function zipOf(files: BundleFile[], mtime: Date): Readable {
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  for (const { path, content, packed } of files) {
    const options = { mtime, compress: !packed, forceDosTimestamp: true };
    zip.addReadStreamLazy(path, options, (give) => {
      const stream = Readable.from(pieces(content), { objectMode: false });
      stream.on('error', (error) => output.destroy(error));
      give(null, stream);
    });
  }
  zip.end();
  return output;
}

async function* pieces(content: BundleFile['content']): AsyncGenerator<Uint8Array> {
  const given = content();
  if (!('then' in given)) {
    for await (const piece of given) yield Buffer.from(piece);
    return;
  }
  const whole = await given;
  if (whole.length > 0) yield Buffer.from(whole);
}

async function* noted(
  { content }: BundleFile,
  note: (sha256: string, size: number) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of pieces(content)) {
    hash.update(piece);
    size += piece.length;
    yield piece;
  }
  note(hash.digest('hex'), size);
}
