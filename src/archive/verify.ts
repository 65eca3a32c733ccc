import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  ALWAYS, ATTACHMENTS, attachmentsSchema, DOCUMENTS, documentsSchema, ERASURES, erasuresSchema, MANIFEST, manifestSchema,
  RUNS, runsSchema, SIGNATURE, signatureSchema, TIMELINE, type ErasureLine, type Manifest,
} from './layout.ts'; // prettier-ignore
import { openZip, ZIP_LIMITS, type OpenZip, type ZipLimits } from './open-zip.ts';
import { BundleBroken, problem, type BundleProblem } from './problem.ts';
import { collect, eachLine, unpack } from './read-file.ts';
import { fingerprintOf, isSigned, type ManifestSignature } from './signing.ts';
import { brokenContents, type Contents } from './verify-contents.ts';
import { isAsWritten } from './zip-casing.ts';
import { createTimelineWalk, nothingTold } from './verify-timeline.ts';

export interface BundleReport {
  /** Null where there is no manifest that can be read. */
  manifest: Manifest | null;
  signature: Pick<ManifestSignature, 'keyId' | 'fingerprint'> | null;
  entries: number;
  erased: number;
  erasures: ErasureLine[];
  problems: BundleProblem[];
  /** The zip around the files is as we wrote it; where it is not, somebody packed them anew, or changed a byte that is no file's. */
  asWritten: boolean;
}

export interface VerifyOptions {
  /** Fingerprint or public key (SPKI, base64) that it has to be signed with; without it any signature is taken for what it is. */
  key?: string | undefined;
  limits?: ZipLimits;
}

/**
 * Verifies a bundle with nothing but the file: names every file and entry that is not as it was signed and written. Holds one
 * file's piece at a time, and of JSON one file. Throws what the file system says where it cannot be read.
 */
export async function verifyBundle(
  path: string,
  { key, limits = ZIP_LIMITS }: VerifyOptions = {},
): Promise<BundleReport> {
  const report = nothingFound();
  let zip: OpenZip | null = null;
  try {
    zip = await openZip(path, limits);
    report.asWritten = await isAsWritten(path, [...zip.entries.values()]);
    await verifyOpened(zip, report, key);
  } catch (error) {
    if (!(error instanceof BundleBroken)) throw error;
    report.problems.push(error.problem);
  } finally {
    zip?.close();
  }
  return report;
}

/** A report before anything was looked at. */
export const nothingFound = (): BundleReport => ({
  manifest: null,
  signature: null,
  entries: 0,
  erased: 0,
  erasures: [],
  problems: [],
  asWritten: false,
});

async function verifyOpened(zip: OpenZip, report: BundleReport, key: string | undefined): Promise<void> {
  const manifest = await readManifest(zip, report, key);
  report.manifest = manifest;
  const listed = new Set([MANIFEST, SIGNATURE, ...manifest.files.map(({ path }) => path)]);
  for (const name of zip.entries.keys())
    if (!listed.has(name)) report.problems.push(problem('EXTRA_FILE', name, 'the manifest does not name it'));
  for (const name of ALWAYS)
    if (!listed.has(name)) report.problems.push(problem('MISSING_FILE', name, 'every bundle has it'));
  const told = nothingTold();
  const walk = createTimelineWalk(manifest, told);
  const texts = new Map<string, string>();
  const files = await readFiles(zip, manifest, report, { texts, line: (text) => walk.line(text) });
  const contents = readContents(texts, files, report);
  report.erasures = contents.erasures;
  report.problems.push(...walk.end(contents.erasures.length > 0));
  [report.entries, report.erased] = [told.entries, told.erased];
  report.problems.push(...missingAgain(report, brokenContents(manifest, told, contents)));
}

/** What is changed or missing by the manifest is said once, and not again by what follows from it. */
function missingAgain({ problems }: BundleReport, found: BundleProblem[]): BundleProblem[] {
  const said = new Set(problems.map(({ file }) => file));
  return found.filter(({ file, code }) => !said.has(file) || code === 'NOT_ANCHORED');
}

async function readManifest(zip: OpenZip, report: BundleReport, key: string | undefined): Promise<Manifest> {
  const entry = zip.entries.get(MANIFEST);
  if (!entry) throw new BundleBroken(problem('MISSING_MANIFEST', MANIFEST, 'without it nothing can be told'));
  const bytes = await collect(zip, entry).catch(() => null);
  const read = bytes && manifestSchema.safeParse(parsed(bytes.toString('utf8')));
  await verifySignature(zip, report, bytes, key);
  if (read?.success) return read.data;
  throw new BundleBroken(problem('BAD_MANIFEST', MANIFEST, 'it is damaged, or no manifest of a bundle'));
}

/** Whether `signature.json` is over these bytes, the manifest of a bundle or the list of an export, and by the key that was named. */
export async function verifySignature(
  zip: OpenZip,
  report: BundleReport,
  signed: Buffer | null,
  key: string | undefined,
): Promise<void> {
  const entry = zip.entries.get(SIGNATURE);
  const bad = (code: 'MISSING_SIGNATURE' | 'BAD_SIGNATURE' | 'OTHER_KEY', text: string) =>
    void report.problems.push(problem(code, SIGNATURE, text));
  if (!entry) return bad('MISSING_SIGNATURE', 'nobody has signed it');
  const bytes = await collect(zip, entry).catch(() => null);
  const read = signatureSchema.safeParse(bytes && parsed(bytes.toString('utf8')));
  if (!read.success) return bad('BAD_SIGNATURE', 'it is damaged, or no signature');
  const fingerprint = fingerprintOf(Buffer.from(read.data.publicKey, 'base64'));
  if (fingerprint !== read.data.fingerprint)
    return bad('BAD_SIGNATURE', 'the fingerprint is not that of its key');
  report.signature = { keyId: read.data.keyId, fingerprint };
  if (!signed || !isSigned(read.data, signed))
    return bad('BAD_SIGNATURE', 'the manifest or list is not the one that was signed');
  if (key !== undefined && key !== fingerprint && key !== read.data.publicKey)
    bad('OTHER_KEY', 'it is signed, but not with the key that was named: whoever made it is somebody else');
}

/** Every file of the manifest, once. Gives what was found of each; JSON is kept as text, the timeline goes line by line. */
async function readFiles(
  zip: OpenZip,
  { files }: Manifest,
  { problems }: BundleReport,
  { texts, line }: { texts: Map<string, string>; line: (text: string) => void },
): Promise<Map<string, { sha256: string; size: number }>> {
  const found = new Map<string, { sha256: string; size: number }>();
  for (const { path, sha256, size } of files) {
    const entry = zip.entries.get(path);
    if (!entry) {
      problems.push(problem('MISSING_FILE', path, 'the manifest names it'));
      continue;
    }
    try {
      const real = await readOne(zip, entry, path, { texts, line });
      found.set(path, real);
      if (real.sha256 !== sha256 || real.size !== size)
        problems.push(problem('CHANGED_FILE', path, 'its SHA-256 or size is not what the manifest says'));
    } catch (error) {
      problems.push(problem('CHANGED_FILE', path, `it cannot be unpacked: ${(error as Error).message}`));
      if (path === TIMELINE) found.set(path, { sha256: '', size: 0 });
    }
  }
  return found;
}

async function readOne(
  zip: OpenZip,
  entry: Parameters<OpenZip['read']>[0],
  path: string,
  { texts, line }: { texts: Map<string, string>; line: (text: string) => void },
): Promise<{ sha256: string; size: number }> {
  if (path.endsWith('.json')) {
    const bytes = await collect(zip, entry);
    texts.set(path, path.startsWith(HISTORIES) && path !== RUNS ? itsEnd(bytes) : bytes.toString('utf8'));
    return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
  }
  const lines = path === TIMELINE ? eachLine(line) : null;
  const seen = await unpack(zip, entry, (piece) => lines?.push(piece));
  lines?.end();
  return seen;
}

const HISTORIES = 'histories/';

/** Of a history its last event alone: a close monitoring goes on for months, as run after run. */
function itsEnd(bytes: Buffer): string {
  const history = parsed(bytes.toString('utf8')) as { events?: unknown[] } | null;
  return JSON.stringify({ ...history, events: history?.events?.slice(-1) });
}

function readContents(
  texts: Map<string, string>,
  files: Contents['files'],
  { problems }: BundleReport,
): Contents {
  const list = <T>(path: string, schema: z.ZodType<T[]>): T[] => {
    const read = schema.safeParse(parsed(texts.get(path) ?? ''));
    if (read.success) return read.data;
    if (files.has(path)) problems.push(problem('UNREADABLE', path, 'it is not what belongs there'));
    else if (!problems.some(({ file }) => file === path))
      problems.push(problem('MISSING_FILE', path, 'every bundle has it'));
    return [];
  };
  return {
    documents: list(DOCUMENTS, documentsSchema),
    attachments: list(ATTACHMENTS, attachmentsSchema),
    runs: list(RUNS, runsSchema),
    erasures: list(ERASURES, erasuresSchema),
    files,
    texts,
  };
}

/** JSON, or null for what is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
