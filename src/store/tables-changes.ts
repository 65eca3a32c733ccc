import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { ChangeArea, Json } from './change-entry.ts';
import { instant } from './columns.ts';
import type { SealedRef } from './tables.ts';

/*
 * The change record: one chain for the whole bureau, beside the incidents' own. `change_entry` only grows. Personal values are
 * sealed in `sealed` under the incident id of nobody, so that they are erased and re-sealed as all others are.
 */

/** Who changed what, from what to what. `hash` covers all of a row but `personal`'s `sealedId`. */
export const changeEntry = pgTable(
  'change_entry',
  {
    seq: integer('seq').primaryKey(),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    via: text('via').notNull(),
    area: text('area').$type<ChangeArea>().notNull(),
    subject: text('subject').notNull(),
    from: jsonb('from').$type<Json>(),
    to: jsonb('to').$type<Json>(),
    personal: jsonb('personal').$type<Record<string, SealedRef>>().notNull(),
    prev: text('prev').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [index('change_entry_area').on(t.area, t.seq)],
);

/** Where the change record ends, under a key that whoever changes the database does not have. One row. */
export const changeHead = pgTable('change_head', {
  id: text('id').primaryKey(),
  seq: integer('seq').notNull(),
  hash: text('hash').notNull(),
  mac: text('mac').notNull(),
  keyId: text('key_id').notNull(),
});

/** What files and settings said when they were last looked at: sealed, to be compared with at the next start. */
export const lastSeen = pgTable('last_seen', {
  name: text('name').primaryKey(),
  sealedId: uuid('sealed_id').notNull(),
});
