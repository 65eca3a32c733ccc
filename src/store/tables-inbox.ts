import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { MessageKey } from '../incident/ids.ts';
import { instant } from './columns.ts';

/** Messages that wait for a person here, until they are read. Free of identity, as every message is. */
export const inbox = pgTable(
  'inbox',
  {
    person: text('person').notNull(),
    key: text('key').$type<MessageKey>().notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
    readAt: instant('read_at'),
  },
  (t) => [primaryKey({ columns: [t.person, t.key] }), index('inbox_person').on(t.person, t.at)],
);
