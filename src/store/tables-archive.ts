import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { IncidentId } from '../incident/ids.ts';
import { bytes, instant } from './columns.ts';

/**
 * The bundle of each closed incident, and how making it went. Kept in the database, since several processes share nothing else,
 * and as pieces, so that none is held as a whole.
 */
export const bundle = pgTable('bundle', {
  incidentId: uuid('incident_id').$type<IncidentId>().primaryKey(),
  /** Whose pieces count; null while there is none. */
  bundleId: uuid('bundle_id'),
  madeAt: instant('made_at'),
  size: bigint('size', { mode: 'number' }),
  /** Hex SHA-256 of the whole file. */
  sha256: text('sha256'),
  /** Hash of the timeline's last entry in it. */
  head: text('head'),
  /** Tries that failed since one succeeded, and why the last did, as a code. */
  failures: integer('failures').notNull().default(0),
  failure: text('failure'),
  failedAt: instant('failed_at'),
  /** Counts erasures: one that was begun before an erasure is never kept after it. */
  generation: integer('generation').notNull().default(0),
});

/** Pieces of bundles, each sealed by itself. Those of a try that died are swept by the next. */
export const bundlePiece = pgTable(
  'bundle_piece',
  {
    id: uuid('id').primaryKey(),
    incidentId: uuid('incident_id').$type<IncidentId>().notNull(),
    bundleId: uuid('bundle_id').notNull(),
    nr: integer('nr').notNull(),
    piece: bytes('piece').notNull(),
    keyId: text('key_id').notNull(),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [unique('bundle_piece_once').on(t.bundleId, t.nr), index('bundle_piece_incident').on(t.incidentId)],
);

/** Why something may be erased: its term is over, or a law says so before. */
export type ErasureBasis = 'retention' | 'law';

/** A run whose history was erased: what remains of it. */
export interface ErasedRun {
  runId: string;
  workflowType: string;
  endedAt: string;
  /** Hex SHA-256 of the history as it was kept. */
  sha256: string;
}

/** Proposals to erase what an incident's record holds of people, and what another person decided. Only grows. */
export const erasure = pgTable(
  'erasure',
  {
    id: uuid('id').primaryKey(),
    incidentId: uuid('incident_id').$type<IncidentId>().notNull(),
    basis: text('basis').$type<ErasureBasis>().notNull(),
    /** The provision, where the basis is a law; nothing personal. */
    legalBasis: text('legal_basis'),
    proposedBy: text('proposed_by').notNull(),
    /** Through what: an account or key. Neither may approve, whoever it says it is. */
    proposedVia: text('proposed_via').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    /** May say anything: sealed. */
    reason: bytes('reason').notNull(),
    keyId: text('key_id').notNull(),
    decision: text('decision').$type<'approved' | 'refused'>(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    /** What was erased: personal values, files, archived histories; null where nothing was. */
    values: integer('values'),
    files: integer('files'),
    runs: jsonb('runs').$type<ErasedRun[]>(),
    /** Its entry in the change record. */
    change: integer('change'),
  },
  (t) => [
    index('erasure_incident').on(t.incidentId, t.proposedAt),
    // One proposal of an incident at a time.
    uniqueIndex('erasure_one_open')
      .on(t.incidentId)
      .where(sql`${t.decision} is null`),
  ],
);
