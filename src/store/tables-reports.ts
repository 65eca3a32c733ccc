import { integer, pgTable, index, text, uuid } from 'drizzle-orm/pg-core';
import type { IncidentId } from '../incident/ids.ts';
import { instant } from './columns.ts';

/** Which report of an incident's chain a document is the paper of, from its drafting on. */
export const reportDocument = pgTable(
  'report_document',
  {
    documentId: uuid('document_id').primaryKey(),
    incidentId: uuid('incident_id').$type<IncidentId>().notNull(),
    /** 0: the first report. */
    report: integer('report').notNull(),
    /** Who signed it although it says that the event came after its discovery, and when. */
    timesConfirmedBy: text('times_confirmed_by'),
    timesConfirmedAt: instant('times_confirmed_at'),
  },
  (t) => [index('report_document_incident').on(t.incidentId)],
);
