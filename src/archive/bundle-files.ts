import { renderDocx } from '../documents/docx.ts';
import type { Paper } from '../documents/paper.ts';
import { dateInWords } from '../documents/words.ts';
import { personById } from '../people/organisation.ts';
import { oneRunArchive } from '../store/archives.ts';
import { openAttachment } from '../store/attachments.ts';
import { numberOf, type DocumentRow } from '../store/documents.ts';
import { openScan } from '../store/document-scans.ts';
import { identityReads } from '../store/personal.ts';
import { openSealedText } from '../store/salted-text.ts';
import { openedTimeline } from '../store/timeline-pages.ts';
import { decodeEvents } from '../temporal/raw-events.ts';
import { unpackHistory } from '../temporal/run-history.ts';
import type { BundleDeps, Gathered } from './gather.ts';
import { indexPage } from './index-page.ts';
import {
  ATTACHMENTS, DOCUMENTS, ERASURES, INCIDENT, INDEX, PLAN, READINGS, RUNS, TIMELINE,
  type AttachmentLine, type DocumentLine, type ErasureLine, type RunLine,
} from './layout.ts'; // prettier-ignore
import type { BundleFile } from './write-zip.ts';

/** What stands in a bundle of an incident, each file to be read when its turn has come. */
export async function bundleFiles(deps: BundleDeps, gathered: Gathered): Promise<BundleFile[]> {
  const { detail, plan } = gathered;
  const { id, lastSeq } = detail.incident;
  const documents = await documentLines(deps, gathered);
  const attachments = gathered.attachments.map((row, nr) => attachmentLine(row, nr));
  const runs = gathered.runs.map(({ runId, workflowType, endedAt }, nr) => ({
    runId,
    workflowType,
    endedAt,
    file: `histories/${two(nr)}-${workflowType}.json`,
  }));
  const { timeline: _, ...rows } = detail;
  const unsigned = gathered.unsigned;
  return [
    { path: INDEX, content: async () => indexPage(deps, gathered, { documents, attachments, runs }) },
    { path: INCIDENT, content: async () => json({ ...rows, unsignedDrafts: unsigned }) },
    { path: TIMELINE, content: () => timelineLines(deps, id, lastSeq) },
    ...(plan === null ? [] : [{ path: PLAN, content: async () => plan }]),
    { path: DOCUMENTS, content: async () => json(documents) },
    ...documents.flatMap((line) => documentFiles(deps, gathered, line)),
    { path: ATTACHMENTS, content: async () => json(attachments) },
    ...attachments.flatMap((line) => attachmentFiles(deps, gathered, line)),
    { path: RUNS, content: async () => json(runs) },
    ...runs.map((line) => runFile(deps, gathered, line)),
    { path: READINGS, content: async () => json(await identityReads(deps.register, id)) },
    { path: ERASURES, content: async () => json(erasureLines(gathered)) },
  ];
}

const json = (value: unknown): string => JSON.stringify(value, null, 1);
const two = (nr: number): string => String(nr + 1).padStart(2, '0');

async function* timelineLines(
  { register }: BundleDeps,
  id: Gathered['detail']['incident']['id'],
  last: number,
) {
  for await (const entry of openedTimeline(register, id, last)) yield `${JSON.stringify(entry)}\n`;
}

const contentOf = ({ register }: BundleDeps, { incidentId, contentId }: DocumentRow) =>
  openSealedText(register, { incidentId, name: 'document', sealedId: contentId });

async function documentLines(deps: BundleDeps, { documents, scans }: Gathered): Promise<DocumentLine[]> {
  const lines: DocumentLine[] = [];
  for (const [nr, row] of documents.entries()) {
    const content = await contentOf(deps, row);
    const stem = `documents/${two(nr)}-${row.template}`;
    lines.push({
      id: row.id,
      template: row.template,
      name: row.name,
      number: numberOf(row),
      status: row.status,
      signedBy: row.signedBy,
      signedAt: row.signedAt,
      digest: row.digest,
      salt: content && content.salt.toString('base64'),
      text: content && `${stem}.json`,
      docx: content && `${stem}.docx`,
      scans: scans
        .filter(({ documentId }) => documentId === row.id)
        .map(({ sha256, size, type, by, at }, scan) => ({
          sha256,
          size,
          type,
          by,
          at,
          file: content && `${stem}-scan-${two(scan)}.${extensionOf(type)}`,
        })),
    });
  }
  return lines;
}

function documentFiles(deps: BundleDeps, { documents }: Gathered, line: DocumentLine): BundleFile[] {
  const row = documents.find(({ id }) => id === line.id)!;
  const { text, docx } = line;
  if (text === null || docx === null) return [];
  const opened = async (): Promise<string> => there(await contentOf(deps, row)).text;
  return [
    { path: text, content: opened },
    { path: docx, packed: true, content: async () => asDocx(deps, row, await opened()) },
    ...line.scans.map(({ file, sha256 }) => ({
      path: file!,
      packed: true,
      content: async () => there(await openScan(deps.register, row.id, sha256)).file,
    })),
  ];
}

/** As whoever signed it sees it: with number, date and name, and no stamp. */
function asDocx({ organisation }: BundleDeps, row: DocumentRow, content: string): Promise<Buffer> {
  const { paper } = JSON.parse(content) as { paper: Paper };
  return renderDocx(paper, {
    number: numberOf(row),
    date: row.signedAt && dateInWords(row.signedAt),
    signer: (row.signedBy && personById(organisation, row.signedBy)?.name) ?? row.signedBy,
    stamp: null,
  });
}

const attachmentLine = (row: Gathered['attachments'][number], nr: number): AttachmentLine => ({
  id: row.id,
  name: row.name,
  stageId: row.stageId,
  sha256: row.sha256,
  size: row.size,
  type: row.type,
  by: row.by,
  at: row.at,
  file: row.erased ? null : `attachments/${two(nr)}.${extensionOf(row.type)}`,
});

function attachmentFiles(deps: BundleDeps, { detail }: Gathered, { id, file }: AttachmentLine): BundleFile[] {
  if (file === null) return [];
  const content = async () => there((await openAttachment(deps.register, detail.incident.id, id))?.file);
  return [{ path: file, packed: true, content }];
}

const runFile = (deps: BundleDeps, { detail }: Gathered, { runId, file, ...run }: RunLine): BundleFile => ({
  path: file!,
  content: async () => {
    const packed = there(await oneRunArchive(deps.register, detail.incident.id, runId));
    const { history, continues } = unpackHistory(packed);
    return json({ runId, ...run, continues, events: await decodeEvents(history, deps.dataConverter) });
  },
});

const erasureLines = ({ erasures }: Gathered): ErasureLine[] =>
  erasures.map(({ id, basis, legalBasis, proposedBy, decidedBy, decidedAt, values, files, runs }) => ({
    erasure: id,
    basis,
    legalBasis,
    proposedBy,
    approvedBy: decidedBy ?? '',
    erasedAt: decidedAt ?? '',
    values: values ?? 0,
    files: files ?? 0,
    runs: runs ?? [],
  }));

/** Erased between the list and its file: the bundle is made again. */
function there<T>(value: T | null | undefined): T {
  if (value !== null && value !== undefined) return value;
  throw new Error('something was erased while the bundle was made');
}

const EXTENSIONS: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
};
const extensionOf = (type: string): string => EXTENSIONS[type] ?? 'bin';
