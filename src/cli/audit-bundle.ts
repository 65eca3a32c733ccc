import type { BundleReport } from '../archive/verify.ts';
import { verifyFile } from '../archive/verify-file.ts';

/**
 * `fenghuo audit BUNDLE.zip`: verifies a bundle, or several that were exported together, with nothing but the file. Gives 0 when
 * all holds, 1 when something is broken; throws when the file cannot be read.
 */
export async function auditBundle(path: string, key: string | undefined): Promise<number> {
  let status = 0;
  for await (const { name, report } of verifyFile(path, { key })) {
    if (name !== null) console.log(`${name}:`);
    tell(report, key);
    if (report.problems.length > 0) status = 1;
  }
  return status;
}

function tell(
  { manifest, signature, entries, erased, erasures, problems, asWritten }: BundleReport,
  key?: string,
): void {
  for (const { code, file, seq, text } of problems) {
    const place = [file, seq === null ? null : `entry ${seq}`].filter((part) => part !== null).join(' ');
    console.log(`${place === '' ? '' : `${place}: `}${code}: ${text}`);
  }
  if (manifest) {
    const { number, incident, state, madeAt, files } = manifest;
    const open = state === 'open' ? ', a copy of an incident that was still open' : '';
    console.log(`${number ?? incident}, made ${madeAt}${open}: ${files.length} files, ${entries} entries`);
  }
  for (const { erasedAt, basis, legalBasis, proposedBy, approvedBy, values, files } of erasures)
    console.log(
      `${values} personal values and ${files} files were erased ${erasedAt}, proposed by ${proposedBy}, approved by ${approvedBy}, on the basis: ${legalBasis ?? basis}`,
    );
  if (erased > 0) console.log(`${erased} personal values of the timeline are erased: their digests stand`);
  if (signature) {
    console.log(`Signed with key ${signature.keyId}, fingerprint ${signature.fingerprint}`);
    if (key === undefined)
      console.log(
        'Compare the fingerprint with the one that the bureau has published, or give it with --key.',
      );
  }
  if (!asWritten && problems.length === 0)
    console.log(
      'Every file holds, but the zip around them is not as it was written: packed anew, or a byte of it changed.',
    );
  console.log(`${problems.length} problems`);
}
