import type { IncidentId } from '../incident/ids.ts';
import { toInstant } from '../incident/instant.ts';
import { documentsOf, markNoted, numberOf, type DocumentRow } from '../store/documents.ts';
import { markScanNoted, scansOf, type ScanRow } from '../store/document-scans.ts';
import { noteDocument } from '../workflows/messages-documents.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { say } from './say.ts';

/**
 * Puts on the timeline what was done with an incident's documents and does not stand there yet. The workflow alone writes the
 * timeline: while nobody answers, and once the incident is closed, it stands in the documents only, and the next act tries again.
 */
export async function noteOutstanding(deps: ApiDeps, id: IncidentId): Promise<void> {
  const { register } = deps;
  const documents = await documentsOf(register, id);
  const scans = await scansOf(register, id);
  const noted = () => toInstant(Date.now());
  try {
    for (const row of documents.filter(({ signedAt, notedAt }) => signedAt !== null && notedAt === null)) {
      await say(deps, id, noteDocument, signing(row));
      await markNoted(register, row.id, noted());
    }
    for (const scan of scans.filter(({ notedAt }) => notedAt === null)) {
      const row = documents.find((each) => each.id === scan.documentId)!;
      await say(deps, id, noteDocument, attaching(row, scan));
      await markScanNoted(register, scan.id, noted());
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

const about = (row: DocumentRow) => ({
  document: row.id,
  template: row.template,
  name: row.name,
  number: numberOf(row),
});

const signing = (row: DocumentRow) => ({
  ...about(row),
  act: 'signed' as const,
  digest: row.digest,
  by: row.signedBy!,
  old: row.old && row.oldAct ? { document: row.old, act: row.oldAct } : null,
});

const attaching = (row: DocumentRow, { sha256, by }: ScanRow) => ({
  ...about(row),
  act: 'scanAttached' as const,
  digest: sha256,
  by,
  old: null,
});
