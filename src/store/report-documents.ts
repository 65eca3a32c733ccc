import { eq } from 'drizzle-orm';
import type { IncidentId } from '../incident/ids.ts';
import type { Instant } from '../incident/instant.ts';
import { guarded } from './errors.ts';
import type { Register } from './open.ts';
import { reportDocument } from './tables-reports.ts';

export type ReportDocumentRow = typeof reportDocument.$inferSelect;

/** Says which report of the chain a document is the paper of. */
export const linkReport = (
  { db }: Register,
  link: { documentId: string; incidentId: IncidentId; report: number },
): Promise<void> =>
  guarded(async () => {
    await db.insert(reportDocument).values(link).onConflictDoNothing();
  });

/** Of an incident's documents those that are reports. */
export const reportDocumentsOf = ({ db }: Register, incidentId: IncidentId): Promise<ReportDocumentRow[]> =>
  guarded(async () => db.select().from(reportDocument).where(eq(reportDocument.incidentId, incidentId)));

/** Somebody has looked at times that are out of order and signs all the same. */
export const confirmTimes = ({ db }: Register, documentId: string, by: string, at: Instant): Promise<void> =>
  guarded(async () => {
    await db
      .update(reportDocument)
      .set({ timesConfirmedBy: by, timesConfirmedAt: at })
      .where(eq(reportDocument.documentId, documentId));
  });
