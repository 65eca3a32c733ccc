import { jsonb, pgTable, serial } from 'drizzle-orm/pg-core';
import type { Change } from './change-entry.ts';
import { instant } from './columns.ts';

/** Changes that were made and are not on the change record yet, in their order. Nothing personal: it could not be re-sealed here. */
export const waitingChange = pgTable('waiting_change', {
  nr: serial('nr').primaryKey(),
  /** When it was made. */
  doneAt: instant('done_at').notNull(),
  change: jsonb('change').$type<Omit<Change, 'personal'>>().notNull(),
});
