import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { COLLECTION } from './collected-name.ts';
import { MANIFEST, SIGNATURE } from './layout.ts';
import { openZip, type OpenZip } from './open-zip.ts';
import { BundleBroken, problem } from './problem.ts';
import { otherThanListed, verifyList } from './verify-list.ts';
import { nothingFound, verifyBundle, type BundleReport, type VerifyOptions } from './verify.ts';

/** Of one bundle in a file: which, where the file holds several; the list of them comes before the bundles. */
export interface Verified {
  name: string | null;
  report: BundleReport;
}

/** Verifies a bundle, or one after the other those that were exported together. Throws what the file system says. */
export async function* verifyFile(path: string, options: VerifyOptions = {}): AsyncGenerator<Verified> {
  const zip = await openZip(path, options.limits).catch(nullWhenBroken);
  const isCollection = zip?.entries.has(COLLECTION) && !zip.entries.has(MANIFEST);
  if (zip && isCollection) yield* collected(zip, path, options);
  else yield { name: null, report: await verifyBundle(path, options) };
  zip?.close();
}

async function* collected(zip: OpenZip, from: string, options: VerifyOptions): AsyncGenerator<Verified> {
  const { list, report } = await verifyList(zip, from, options.key);
  yield { name: COLLECTION, report };
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-audit-'));
  try {
    for (const [name, entry] of zip.entries) {
      if (name === COLLECTION || name === SIGNATURE) continue;
      const path = join(folder, 'bundle.zip');
      const isThere = await zip
        .read(entry)
        .then((bytes) => pipeline(bytes, createWriteStream(path)))
        .then(
          () => true,
          () => false,
        );
      const found = isThere ? await verifyBundle(path, options) : damaged(name);
      found.problems.push(...otherThanListed(name, found, list));
      yield { name, report: found };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const damaged = (name: string): BundleReport => ({
  ...nothingFound(),
  problems: [problem('CHANGED_FILE', name, 'it cannot be unpacked')],
});

function nullWhenBroken(error: unknown): null {
  if (error instanceof BundleBroken) return null;
  throw error;
}
