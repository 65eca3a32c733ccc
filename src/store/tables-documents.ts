import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { IncidentId } from '../incident/ids.ts';
import { bytes, instant } from './columns.ts';

/**
 * - `draft`: unsigned, without a number
 * - `signed`: for good; what it says never changes
 * - `corrected`, `withdrawn`: signed, and a later one that was signed names it
 * - `discarded`: a draft that nobody signed
 */
export type DocumentStatus = 'draft' | 'signed' | 'corrected' | 'withdrawn' | 'discarded';
export type OldAct = 'corrects' | 'withdraws';

/**
 * Documents of incidents. What one says stands in `sealed`, as identities do, so that it is re-sealed and erased with them; `digest`
 * is salted like those of the timeline. That one was signed is an entry of the incident's timeline, written by its workflow.
 */
export const document = pgTable(
  'document',
  {
    id: uuid('id').primaryKey(),
    incidentId: uuid('incident_id').$type<IncidentId>().notNull(),
    template: text('template').notNull(),
    /** What the template is called: never a title, which may name somebody. */
    name: text('name').notNull(),
    drill: boolean('drill').notNull(),
    status: text('status').$type<DocumentStatus>().notNull(),
    /** The issuing body's code and the kind's, which numbers begin with; null: not numbered. */
    series: text('series'),
    draftedBy: text('drafted_by').notNull(),
    draftedAt: instant('drafted_at').notNull(),
    /** Names of what was 正在核实. */
    verifying: jsonb('verifying').$type<string[]>().notNull(),
    contentId: uuid('content_id').notNull(),
    digest: text('digest').notNull(),
    /** The signed document that this one corrects or withdraws. */
    old: uuid('old_id'),
    oldAct: text('old_act').$type<OldAct>(),
    year: integer('year'),
    nr: integer('nr'),
    signedBy: text('signed_by'),
    signedAt: instant('signed_at'),
    /** The signed document that corrects or withdraws this one. */
    replacedBy: uuid('replaced_by'),
    discardedBy: text('discarded_by'),
    discardedAt: instant('discarded_at'),
    /** When its signing was known to stand in the timeline. */
    notedAt: instant('noted_at'),
  },
  (t) => [
    index('document_incident').on(t.incidentId, t.draftedAt),
    unique('document_number_once').on(t.series, t.year, t.drill, t.nr),
  ],
);

/** The last number given out in each series and year. A row, not a sequence: a sequence leaves gaps when a transaction fails. */
export const documentSeries = pgTable(
  'document_series',
  {
    series: text('series').notNull(),
    year: integer('year').notNull(),
    drill: boolean('drill').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ columns: [t.series, t.year, t.drill] })],
);

/** Scans of what was signed and sealed by hand, and of receipts: sealed, with the hash of the file. Only grows. */
export const documentScan = pgTable(
  'document_scan',
  {
    id: uuid('id').primaryKey(),
    incidentId: uuid('incident_id').$type<IncidentId>().notNull(),
    documentId: uuid('document_id').notNull(),
    /** Hex SHA-256 of the file. */
    sha256: text('sha256').notNull(),
    size: integer('size').notNull(),
    type: text('type').notNull(),
    file: bytes('file'),
    keyId: text('key_id').notNull(),
    by: text('by').notNull(),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
    notedAt: instant('noted_at'),
  },
  (t) => [unique('document_scan_once').on(t.documentId, t.sha256)],
);
