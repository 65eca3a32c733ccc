import { COLLECTION, collectionSchema, type CollectionLine } from './collected-name.ts';
import { SIGNATURE } from './layout.ts';
import type { OpenZip } from './open-zip.ts';
import { problem, type BundleProblem } from './problem.ts';
import { collect } from './read-file.ts';
import { nothingFound, parsed, verifySignature, type BundleReport } from './verify.ts';
import { isAsWritten } from './zip-casing.ts';

/**
 * Verifies the list of an export against its signature and the bundles that are there. `list` is null where it cannot be read.
 * An export of nothing is none.
 */
export async function verifyList(
  zip: OpenZip,
  path: string,
  key: string | undefined,
): Promise<{ list: CollectionLine[] | null; report: BundleReport }> {
  const report = nothingFound();
  report.asWritten = await isAsWritten(path, [...zip.entries.values()]);
  const bytes = await collect(zip, zip.entries.get(COLLECTION)!).catch(() => null);
  await verifySignature(zip, report, bytes, key);
  const read = collectionSchema.safeParse(bytes && parsed(bytes.toString('utf8')));
  if (!read.success) report.problems.push(problem('UNREADABLE', COLLECTION, 'it is no list of bundles'));
  else report.problems.push(...otherFiles(read.data, zip));
  return { list: read.success ? read.data : null, report };
}

function* otherFiles(list: CollectionLine[], { entries }: OpenZip): Generator<BundleProblem> {
  if (list.length === 0)
    yield problem('MISSING_FILE', COLLECTION, 'it names no bundle: there is nothing here');
  const named = new Set([COLLECTION, SIGNATURE, ...list.map(({ file }) => file)]);
  for (const { file } of list)
    if (!entries.has(file)) yield problem('MISSING_FILE', file, 'the list names it');
  for (const name of entries.keys())
    if (!named.has(name)) yield problem('EXTRA_FILE', name, 'the list does not name it');
}

/** Whether a bundle is of the incident that the list says. What the list does not name is said of the list. */
export function otherThanListed(
  name: string,
  { manifest }: BundleReport,
  list: CollectionLine[] | null,
): BundleProblem[] {
  const line = list?.find(({ file }) => file === name);
  if (!line || !manifest) return [];
  if (line.id === manifest.incident && line.number === manifest.number) return [];
  return [problem('CHANGED_FILE', name, `it is the bundle of another incident than ${COLLECTION} says`)];
}
