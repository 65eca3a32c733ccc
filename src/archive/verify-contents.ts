import { saltedDigest } from '../store/seal.ts';
import {
  ATTACHMENTS, DOCUMENTS, PLAN, RUNS,
  type AttachmentLine, type DocumentLine, type ErasureLine, type Manifest, type RunLine,
} from './layout.ts'; // prettier-ignore
import { problem, type BundleProblem } from './problem.ts';
import type { Told } from './verify-timeline.ts';

/** What the lists of a bundle say, and which files it really holds (hex SHA-256 and size by path). */
export interface Contents {
  documents: DocumentLine[];
  attachments: AttachmentLine[];
  runs: RunLine[];
  erasures: ErasureLine[];
  files: ReadonlyMap<string, { sha256: string; size: number }>;
  /** The texts of documents and the histories, by path. */
  texts: ReadonlyMap<string, string>;
}

/** What of a bundle is not what its timeline says. */
export const brokenContents = (manifest: Manifest, told: Told, contents: Contents): BundleProblem[] => [
  ...brokenPlan(told, contents),
  ...brokenDocuments(told, contents),
  ...brokenAttachments(told, contents),
  ...brokenHistories(manifest, told, contents),
];

function* brokenPlan({ planHash }: Told, { files }: Contents): Generator<BundleProblem> {
  const plan = files.get(PLAN);
  if (!plan) yield problem('CHANGED_PLAN', PLAN, 'the plan that the incident was pinned to is not there');
  else if (planHash !== null && plan.sha256 !== planHash)
    yield problem('CHANGED_PLAN', PLAN, 'it is not the edition that the incident was pinned to', 1);
}

function* brokenDocuments(told: Told, contents: Contents): Generator<BundleProblem> {
  const { documents, erasures, files } = contents;
  const isErased = erasures.length > 0;
  const known = new Map(documents.map((line) => [line.id, line]));
  for (const [id, { seq, digest }] of told.signed) {
    const line = known.get(id);
    if (!line)
      yield problem('CHANGED_DOCUMENT', DOCUMENTS, `document ${id} was signed and is not there`, seq);
    else if (line.digest !== digest)
      yield problem('CHANGED_DOCUMENT', DOCUMENTS, `document ${id} is not the one that was signed`, seq);
  }
  for (const line of documents) {
    const seq = told.signed.get(line.id)?.seq ?? null;
    if (line.text === null) {
      if (!isErased)
        yield problem('ERASED_UNRECORDED', DOCUMENTS, `what document ${line.id} said is gone`, seq);
      continue;
    }
    const text = contents.texts.get(line.text);
    const digest = text !== undefined && line.salt && saltedDigest(Buffer.from(line.salt, 'base64'), text);
    if (digest !== line.digest)
      yield problem('CHANGED_DOCUMENT', line.text, 'it is not what was signed', seq);
    if (line.docx === null || !files.has(line.docx))
      yield problem('MISSING_FILE', line.docx, `document ${line.id} has no .docx`, seq);
  }
  for (const { seq, document, sha256 } of told.scans) {
    const scan = known.get(document)?.scans.find((each) => each.sha256 === sha256);
    const file = scan?.file ?? null;
    if (scan && file === null && isErased) continue;
    if (!scan || file === null || files.get(file)?.sha256 !== sha256)
      yield problem('CHANGED_SCAN', file ?? DOCUMENTS, 'it is not the scan that was attached', seq);
  }
}

function* brokenAttachments(
  told: Told,
  { attachments, erasures, files }: Contents,
): Generator<BundleProblem> {
  const known = new Map(attachments.map((line) => [line.id, line]));
  for (const [id, { seq, sha256, size }] of told.attachments) {
    const file = known.get(id)?.file ?? null;
    if (known.has(id) && file === null && erasures.length > 0) continue;
    const found = file === null ? undefined : files.get(file);
    if (found?.sha256 !== sha256 || found.size !== size)
      yield problem('CHANGED_ATTACHMENT', file ?? ATTACHMENTS, 'it is not the file that was attached', seq);
  }
}

interface History {
  runId?: string;
  continues?: string | null;
  events?: { type: string; attributes: Record<string, unknown> }[];
}

/** Each run that the timeline names, and each that another one continues. Those of an incident still open end later. */
function* brokenHistories(
  { state, head }: Manifest,
  told: Told,
  { runs, erasures, texts }: Contents,
): Generator<BundleProblem> {
  const erasedRuns = new Set(erasures.flatMap((each) => each.runs.map(({ runId }) => runId)));
  const histories = new Map(runs.map(({ runId, file }) => [runId, historyIn(texts.get(file ?? ''))]));
  const wanted = new Set([
    ...told.runIds,
    ...[...histories.values()].flatMap((each) => each?.continues ?? []),
  ]);
  if (state === 'open') return;
  for (const runId of wanted) {
    if (!histories.has(runId) && !erasedRuns.has(runId))
      yield problem('MISSING_HISTORY', RUNS, `the history of run ${runId} is not there`);
  }
  if (!told.closed || erasedRuns.size > 0) return;
  const ends = [...histories.values()].flatMap((history) => anchorOf(history) ?? []);
  if (ends.length === 0)
    yield problem('MISSING_HISTORY', RUNS, 'no run ends with the closing of the incident');
  else if (!ends.some(({ seq, hash }) => seq === head.seq && hash === head.hash))
    yield problem('NOT_ANCHORED', RUNS, 'the workflow ended with another entry than the timeline', head.seq);
}

function historyIn(text: string | undefined): History | null {
  try {
    return text === undefined ? null : (JSON.parse(text) as History);
  } catch {
    return null;
  }
}

/** The last entry that the workflow knew to be written, from the result it ended with. */
function anchorOf(history: History | null): { seq: number; hash: string } | null {
  const last = history?.events?.at(-1);
  if (last?.type !== 'WorkflowExecutionCompleted') return null;
  const [result] =
    (last.attributes.result as { payloads?: { anchor?: { seq: number; hash: string } }[] } | undefined)
      ?.payloads ?? [];
  return result?.anchor ?? null;
}
