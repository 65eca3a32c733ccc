import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { IncidentId } from '../incident/ids.ts';
import { instant } from './columns.ts';
import type { SealedRef } from './tables.ts';

/*
 * What is said about differences between times (时间差异待核实), off the timeline: one chain an incident, beside its own. It only
 * grows. Texts are sealed in `sealed` under the incident, so that they are erased and re-sealed with everything of it.
 */

/**
 * - `verified`: somebody recorded a fact that differs from what was reported
 * - `explained`: the person concerned
 * - `judged`: their supervisor, in one of three words
 * - `read`: one of the two looked
 */
export type AccountabilityKind = 'verified' | 'explained' | 'judged' | 'read';

export const accountabilityEntry = pgTable(
  'accountability_entry',
  {
    incidentId: uuid('incident_id').$type<IncidentId>().notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    kind: text('kind').$type<AccountabilityKind>().notNull(),
    by: text('by').notNull(),
    /** The API key, or `account-<id>`, it came by. */
    via: text('via').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    personal: jsonb('personal').$type<Record<string, SealedRef>>().notNull(),
    prev: text('prev').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.seq] })],
);

/** Where each of these chains ends, under a key that whoever changes the database does not have. */
export const accountabilityHead = pgTable('accountability_head', {
  incidentId: uuid('incident_id').$type<IncidentId>().primaryKey(),
  seq: integer('seq').notNull(),
  hash: text('hash').notNull(),
  mac: text('mac').notNull(),
  keyId: text('key_id').notNull(),
});
