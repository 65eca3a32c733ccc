import { REPORT_ELEMENTS } from '../incident/entry.ts';
import type { IncidentId } from '../incident/ids.ts';
import { toInstant, toMs, type Instant } from '../incident/instant.ts';
import { toldReports } from '../reports/told.ts';
import { documentsOf } from '../store/documents.ts';
import { incidentDetail } from '../store/incidents.ts';
import type { Register } from '../store/open.ts';
import { reportDocumentsOf } from '../store/report-documents.ts';
import type { RecordedReport } from '../workflows/messages.ts';
import * as problems from './report-problems.ts';
import type { ReportBody } from './schemas-acts.ts';

type Extras = Pick<RecordedReport, 'verifyingUntil' | 'unchanged' | 'learntAt' | 'source'>;

/**
 * What a report says besides its elements, checked against the chain. Only what was given: a report that says none of it is told
 * as ever. Throws 422 `UNTIL_PASSED`, `NOT_TOLD_BEFORE`, 409 `REPORT_SIGNED`.
 */
export async function reportExtras(register: Register, id: IncidentId, body: ReportBody): Promise<Extras> {
  const { kind, elements, source, learntAt } = body;
  const isOpen = (name: (typeof REPORT_ELEMENTS)[number]): boolean => !elements[name];
  const unchanged = REPORT_ELEMENTS.filter((name) => body.unchanged?.includes(name) && isOpen(name));
  const until = REPORT_ELEMENTS.flatMap((name): [string, Instant][] => {
    const given = body.verifyingUntil?.[name];
    return given && isOpen(name) && !unchanged.includes(name) ? [[name, toInstant(toMs(given))]] : [];
  });
  const passed = until.filter(([, at]) => toMs(at) <= Date.now()).map(([name]) => name);
  if (passed.length > 0) throw problems.untilPassed({ elements: passed });
  if (kind === 'firstReport') await mustBeUnsigned(register, id);
  if (unchanged.length > 0) await mustBeTold(register, id, unchanged);
  return {
    ...(until.length > 0 ? { verifyingUntil: Object.fromEntries(until) } : {}),
    ...(unchanged.length > 0 ? { unchanged } : {}),
    ...(learntAt ? { learntAt: toInstant(toMs(learntAt)) } : {}),
    ...(source ? { source } : {}),
  };
}

/** What was signed never changes. */
async function mustBeUnsigned(register: Register, id: IncidentId): Promise<void> {
  const papers = (await reportDocumentsOf(register, id)).filter(({ report }) => report === 0);
  const isSigned = (await documentsOf(register, id)).some(
    (row) => row.signedAt !== null && papers.some(({ documentId }) => documentId === row.id),
  );
  if (isSigned) throw problems.alreadySigned();
}

async function mustBeTold(
  register: Register,
  id: IncidentId,
  unchanged: (typeof REPORT_ELEMENTS)[number][],
): Promise<void> {
  const detail = await incidentDetail(register, id);
  if (!detail) return; // not written yet: the workflow takes what nobody can check
  const reports = toldReports({ ...detail, personal: null, eventTypeName: String });
  const unknown = unchanged.filter(
    (name) => !reports.some(({ elements }) => elements[name].state === 'told'),
  );
  if (unknown.length > 0) throw problems.notToldBefore({ elements: unknown });
}
