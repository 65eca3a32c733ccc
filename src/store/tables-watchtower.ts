import { sql } from 'drizzle-orm';
import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

const now = (name: string) =>
  instant(name)
    .notNull()
    .default(sql`now()`);

/** That something is processed: each queue's worker counts on here once a minute, at a workflow's word. */
export const watchBeat = pgTable('watch_beat', {
  queue: text('queue').primaryKey(),
  beats: integer('beats').notNull(),
  at: now('at'),
});

/** What was said last by the second route, and by which process: one row, so that of many processes one says it. */
export const watchWord = pgTable('watch_word', {
  id: integer('id').primaryKey(),
  state: text('state').$type<'processing' | 'silent'>().notNull(),
  said: boolean('said').notNull(),
  by: text('by'),
  since: now('since'),
  /** Whoever has the word says it until then, else another may. By the database's clock. */
  leasedUntil: now('leased_until'),
});
