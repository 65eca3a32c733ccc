import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { IncidentId, StageId } from '../incident/ids.ts';
import { bytes, instant } from './columns.ts';

/**
 * Photos and files that were attached as evidence: sealed, with the hash of the file. In a table, since several API processes
 * share nothing but the database. That one was attached is an entry of the incident's timeline, written by its workflow; a file
 * that never came to stand there is swept.
 */
export const attachment = pgTable(
  'attachment',
  {
    /** From incident, stage and hash: the same file again is the same row. */
    id: uuid('id').primaryKey(),
    incidentId: uuid('incident_id').$type<IncidentId>().notNull(),
    /** What it is evidence of; null: the incident as such. */
    stageId: text('stage_id').$type<StageId>(),
    /** Hex SHA-256 of the file. */
    sha256: text('sha256').notNull(),
    size: integer('size').notNull(),
    /** By its content, never as it was said. */
    type: text('type').notNull(),
    file: bytes('file'),
    keyId: text('key_id').notNull(),
    /** As the file was called, which may name somebody: sealed, too. */
    name: bytes('name'),
    nameKeyId: text('name_key_id').notNull(),
    by: text('by').notNull(),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
    /** When it was known to stand in the timeline. */
    notedAt: instant('noted_at'),
  },
  (t) => [
    index('attachment_incident').on(t.incidentId, t.at),
    index('attachment_unnoted')
      .on(t.at)
      .where(sql`${t.notedAt} is null`),
  ],
);
