import { sql } from 'drizzle-orm';
import { jsonb, pgTable, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Each time that this register was put back from a back-up; the comparison with the workflows is due until `reconciledAt`. */
export const restored = pgTable('restored', {
  id: uuid('id').primaryKey(),
  /** When the back-up was complete: what was recorded later is in it neither here nor in Temporal. */
  takenAt: instant('taken_at').notNull(),
  restoredAt: instant('restored_at')
    .notNull()
    .default(sql`now()`),
  reconciledAt: instant('reconciled_at'),
  /** How many differences of which sort were found. */
  found: jsonb('found').$type<Record<string, number>>(),
});
