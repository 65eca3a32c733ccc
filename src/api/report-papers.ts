import { verifyingIn } from '../documents/lists.ts';
import { reportOf } from '../documents/report-of.ts';
import type { DocumentSource } from '../documents/source.ts';
import type { DocumentTemplate } from '../documents/template.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant } from '../incident/instant.ts';
import type { DocumentRow } from '../store/documents.ts';
import type { Register } from '../store/open.ts';
import { confirmTimes, linkReport, reportDocumentsOf } from '../store/report-documents.ts';
import { elementWithoutTime } from './report-problems.ts';

/**
 * Says of a draft which report of the chain it is the paper of: that of the document it corrects or withdraws, else the last one
 * of its template's kind. Most documents are of none.
 */
export async function linkDraft(
  register: Register,
  template: DocumentTemplate,
  { id: documentId, incidentId }: DocumentRow,
  source: DocumentSource,
): Promise<void> {
  const { kind, report } = reportOf(source, template) ?? {};
  if (report === undefined || (source.draftedFor === undefined && kind !== template.report)) return;
  await linkReport(register, { documentId, incidentId, report });
}

/** The report that a paper was drafted for, else that of the one it takes the place of. */
export async function draftedFor(
  register: Register,
  incidentId: IncidentId,
  document: string | null,
  old: string | null,
): Promise<number | undefined> {
  if (document === null && old === null) return undefined;
  const links = await reportDocumentsOf(register, incidentId);
  const ofPaper = (id: string | null) => links.find(({ documentId }) => documentId === id)?.report;
  return ofPaper(document) ?? ofPaper(old);
}

/** A report is signed off with each of its elements a value or 正在核实 with a time. Throws 409 `ELEMENT_WITHOUT_TIME`. */
export function mustBeTellable(template: DocumentTemplate, source: DocumentSource): void {
  if (!template.report) return;
  const { verifying, verifyingUntil } = verifyingIn(source.incident, reportOf(source, template));
  const timeless = verifying.filter((name) => !verifyingUntil[name]);
  if (timeless.length > 0) throw elementWithoutTime({ elements: timeless });
}

/** Keeps who signed although the times are out of order. */
export const keepConfirmed = (
  register: Register,
  document: string,
  { by, confirmTimes: areConfirmed }: { by: string; confirmTimes: boolean },
): Promise<void> =>
  areConfirmed ? confirmTimes(register, document, by, toInstant(Date.now())) : Promise.resolve();
